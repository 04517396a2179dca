package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	tests := []struct {
		name, path, body string
		status           int
	}{
		{"greets by name", "/hello?name=Ada", `{"greeting":"Hello, Ada!"}`, http.StatusOK},
		{"keeps a name from breaking the JSON", `/hello?name=%22`, `{"greeting":"Hello, \"!"}`, http.StatusOK},
		{"refuses a greeting without a name", "/hello?name=+", "name is missing", http.StatusBadRequest},
		{"tells its version", "/healthz", `{"status":"ok","version":"1.2.3"}`, http.StatusOK},
		{"knows no other path", "/", "404 page not found", http.StatusNotFound},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response := httptest.NewRecorder()
			newHandler("1.2.3").ServeHTTP(response, httptest.NewRequest(http.MethodGet, test.path, nil))
			if response.Code != test.status {
				t.Errorf("status %d, want %d", response.Code, test.status)
			}
			if body := strings.TrimSpace(response.Body.String()); body != test.body {
				t.Errorf("body %s, want %s", body, test.body)
			}
		})
	}
}
