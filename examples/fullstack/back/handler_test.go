package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func do(handler http.Handler, method, path string) *httptest.ResponseRecorder {
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, httptest.NewRequest(method, path, nil))
	return response
}

func TestCountsVisits(t *testing.T) {
	handler := newHandler(fstest.MapFS{})
	for _, want := range []string{`{"visits":1}`, `{"visits":2}`} {
		if got := do(handler, http.MethodPost, "/api/visits").Body.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestReadingCountsNoVisit(t *testing.T) {
	if got := do(newHandler(fstest.MapFS{}), http.MethodGet, "/api/visits").Code; got != http.StatusMethodNotAllowed {
		t.Errorf("status %d", got)
	}
}

// Runs where the front end was built: in the Dockerfile's test stage.
func TestServesTheFrontEnd(t *testing.T) {
	site := os.Getenv("SITE")
	if site == "" {
		t.Skip("SITE names no built front end")
	}
	handler := newHandler(os.DirFS(site))
	page := do(handler, http.MethodGet, "/").Body.String()
	assets := regexp.MustCompile(`"(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(assets) != 2 {
		t.Fatalf("the page uses %d assets: %s", len(assets), page)
	}
	for _, asset := range assets {
		response := do(handler, http.MethodGet, asset[1])
		if response.Code != http.StatusOK || !strings.Contains(response.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, headers %v", asset[1], response.Code, response.Header())
		}
	}
}
