"""The rules of Fairplace: pure Python, values in and decisions out."""
