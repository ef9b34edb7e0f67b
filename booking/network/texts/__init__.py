"""The network's own words: texts that the lead writes, and what it says about itself."""
