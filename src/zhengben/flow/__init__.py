"""The steps: intake, triage, preserve, complain, recheck, disclose. One a file, one transaction each."""
