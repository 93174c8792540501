"""The dashboard and the commands that set a portal up."""
