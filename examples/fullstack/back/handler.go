package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"sync/atomic"
)

func newHandler(site fs.FS) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/visits", &visits{})
	files := http.FileServer(http.FS(site))
	mux.Handle("/", files)
	mux.Handle("/assets/", keepForGood(files))
	return mux
}

type visits struct{ count atomic.Int64 }

func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"visits":%d}`, v.count.Add(1))
}

// keepForGood is for files whose name changes with their content.
func keepForGood(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		next.ServeHTTP(w, r)
	})
}
