"""The register of what people ask about what is held of them."""
