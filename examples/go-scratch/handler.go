package main

import (
	"fmt"
	"net/http"
	"time"
)

func newHandler(now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/now", func(w http.ResponseWriter, r *http.Request) {
		zone, err := time.LoadLocation(r.URL.Query().Get("zone"))
		if err != nil {
			http.Error(w, "unknown time zone", http.StatusBadRequest)
			return
		}
		fmt.Fprintln(w, now().In(zone).Format(time.RFC3339))
	})
	return mux
}
