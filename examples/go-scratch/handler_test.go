package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestNow(t *testing.T) {
	noon := func() time.Time { return time.Date(2025, time.July, 1, 12, 0, 0, 0, time.UTC) }
	tests := []struct {
		name, path, body string
		status           int
	}{
		{"is UTC without a zone", "/now", "2025-07-01T12:00:00Z", http.StatusOK},
		{"knows summer time", "/now?zone=Europe/Berlin", "2025-07-01T14:00:00+02:00", http.StatusOK},
		{"refuses a zone that is none", "/now?zone=../../etc/passwd", "unknown time zone", http.StatusBadRequest},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response := httptest.NewRecorder()
			newHandler(noon).ServeHTTP(response, httptest.NewRequest(http.MethodGet, test.path, nil))
			if response.Code != test.status {
				t.Errorf("status %d, want %d", response.Code, test.status)
			}
			if body := strings.TrimSpace(response.Body.String()); body != test.body {
				t.Errorf("body %s, want %s", body, test.body)
			}
		})
	}
}
