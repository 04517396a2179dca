#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Luhn's sum from the right: every second digit doubled, 9 off what has two digits. */
static PyObject *is_valid(PyObject *self, PyObject *number) {
    Py_ssize_t length;
    const char *digits = PyUnicode_AsUTF8AndSize(number, &length);
    if (digits == NULL) return NULL;
    if (length == 0) {
        PyErr_SetString(PyExc_ValueError, "a number needs digits");
        return NULL;
    }

    unsigned sum = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        char c = digits[length - 1 - i];
        if (c < '0' || c > '9') {
            PyErr_SetString(PyExc_ValueError, "a number has digits only");
            return NULL;
        }
        unsigned digit = (unsigned)(c - '0') << (i % 2);
        sum = (sum + (digit > 9 ? digit - 9 : digit)) % 10;
    }
    return PyBool_FromLong(sum == 0);
}

static PyMethodDef methods[] = {
    {"is_valid", is_valid, METH_O, "Whether the last digit of a number is the right check digit."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_luhn", NULL, 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__luhn(void) { return PyModuleDef_Init(&module); }
