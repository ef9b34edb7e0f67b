"""Ideas for events: who could host or would like one, who seconds it, and who takes it up."""
