//! A small HTTP service: GET /1994 answers with MCMXCIV.

mod numerals;
mod stop;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

const LONGEST_REQUEST_LINE: u64 = 1024;

fn main() -> std::io::Result<()> {
    stop::on_signal();
    let listener = TcpListener::bind("0.0.0.0:8080")?;
    println!("numerals listens on {}", listener.local_addr()?);
    for stream in listener.incoming().flatten() {
        thread::spawn(move || {
            if let Err(error) = serve(stream) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    BufReader::new((&stream).take(LONGEST_REQUEST_LINE)).read_line(&mut line)?;
    let (status, body) = answer(&line);
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Status and body for a request line such as `GET /1994 HTTP/1.1`.
fn answer(request_line: &str) -> (&'static str, String) {
    let mut words = request_line.split_whitespace();
    let (method, path) = (words.next(), words.next());
    if method != Some("GET") {
        return ("405 Method Not Allowed", "only GET\n".to_string());
    }
    let number = path
        .and_then(|path| path.strip_prefix('/'))
        .and_then(|digits| digits.parse().ok());
    match number.and_then(numerals::roman) {
        Some(roman) => ("200 OK", roman + "\n"),
        None => (
            "404 Not Found",
            "a number from 1 to 3999, please\n".to_string(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn answers_with_the_numeral() {
        assert_eq!(
            answer("GET /1994 HTTP/1.1\r\n"),
            ("200 OK", "MCMXCIV\n".to_string())
        );
    }

    #[test]
    fn refuses_what_is_no_number() {
        for path in ["/", "/x", "/-1", "/99999999999", "1994"] {
            assert_eq!(
                answer(&format!("GET {path} HTTP/1.1\r\n")).0,
                "404 Not Found",
                "{path}"
            );
        }
    }

    #[test]
    fn refuses_other_methods_and_broken_requests() {
        for line in ["POST /1 HTTP/1.1\r\n", "", "\r\n"] {
            assert_eq!(answer(line).0, "405 Method Not Allowed", "{line:?}");
        }
    }
}
