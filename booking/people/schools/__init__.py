"""Schools and the people of the network: roles, invitations, sign-in, school days."""
