import unittest

from luhn import is_valid


class LuhnTest(unittest.TestCase):
    def test_accepts_a_right_check_digit(self):
        for number in ("0", "79927398713", "4539578763621486"):
            self.assertTrue(is_valid(number), number)

    def test_finds_a_wrong_digit_and_two_swapped_ones(self):
        for number in ("79927398710", "4539578763621468"):
            self.assertFalse(is_valid(number), number)

    def test_refuses_what_is_no_number(self):
        for text in ("", "7992 7398", "-1", "٣", "a"):
            with self.assertRaises(ValueError):
                is_valid(text)
        with self.assertRaises(TypeError):
            is_valid(18)
