from setuptools import Extension, setup

setup(ext_modules=[Extension("luhn._luhn", ["src/luhn/_luhn.c"])])
