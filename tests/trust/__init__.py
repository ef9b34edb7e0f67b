"""Who may do what, who may know what: asked of every address by everybody."""
