from luhn._luhn import is_valid

__all__ = ["is_valid"]
