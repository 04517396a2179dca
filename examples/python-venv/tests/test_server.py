import json
import threading
import unittest
from http.server import ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import urlopen

from luhn.server import Handler


class Quiet(Handler):
    def log_message(self, *_):
        pass


class ServerTest(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
        threading.Thread(target=self.server.serve_forever).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def fetch(self, path):
        return urlopen(f"http://127.0.0.1:{self.server.server_port}{path}", timeout=5)

    def test_answers_with_json(self):
        with self.fetch("/79927398713") as response:
            self.assertEqual(json.load(response), {"number": "79927398713", "valid": True})

    def test_says_what_is_wrong(self):
        with self.assertRaises(HTTPError) as caught:
            self.fetch("/card")
        with caught.exception as response:
            self.assertEqual(response.status, 400)
            self.assertEqual(json.load(response), {"error": "a number has digits only"})
