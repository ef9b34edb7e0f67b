"""Circulars: what one person writes to many, such as all coordinators or silent families."""
