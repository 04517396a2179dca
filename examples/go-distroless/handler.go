package main

import (
	"encoding/json"
	"log"
	"net/http"
	"strings"
)

func newHandler(version string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", hello)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{"status": "ok", "version": version})
	})
	return mux
}

func hello(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimSpace(r.URL.Query().Get("name"))
	if name == "" {
		http.Error(w, "name is missing", http.StatusBadRequest)
		return
	}
	answer(w, map[string]string{"greeting": "Hello, " + name + "!"})
}

func answer(w http.ResponseWriter, body map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(body); err != nil {
		log.Print(err)
	}
}
