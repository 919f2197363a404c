"""The analyst's rooms: inbox, case, approval, disclosure."""
