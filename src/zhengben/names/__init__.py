"""The confusion model: every way a name is written to deceive or by mistake, over hostnames and over text. Pure."""
