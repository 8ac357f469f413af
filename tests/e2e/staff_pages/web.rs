//! HTTP by hand: what a browser would put right or hide is seen here, and a browser's driver is spoken to.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A question to be sent.
#[derive(Clone)]
pub(super) struct Ask {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Ask {
    pub(super) fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(super) fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// A form with these fields.
    pub(super) fn form(path: &str, fields: &[(&str, &str)]) -> Self {
        let field = |(name, value): &(&str, &str)| format!("{name}={}", quoted(value));
        let body: Vec<String> = fields.iter().map(field).collect();
        Self::new("POST", path)
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(body.join("&"))
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(super) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it on a line of its own.
    pub(super) fn to(&self, address: &str) -> Answer {
        let mut peer = TcpStream::connect(address).unwrap();
        peer.set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let Self { method, path, .. } = self;
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !self.headers.iter().any(|(name, _)| name == "Host") {
            head += &format!("Host: {address}\r\n");
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", self.body.len());
        // Who is refused may find the line closed while still sending.
        let _ = peer
            .write_all(head.as_bytes())
            .and_then(|()| peer.write_all(&self.body));
        read(&mut peer)
    }
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.all(name).into_iter().next()
    }

    /// All of that name.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let named = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        let headers = self.headers.iter().filter(named);
        headers.map(|(_, value)| value.as_str()).collect()
    }

    /// Where it sends on to.
    pub(super) fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// All but the moment and the length, for answers that may not differ.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        let telling = |(name, _): &&(String, String)| {
            !["date", "content-length"].contains(&name.to_lowercase().as_str())
        };
        self.headers.iter().filter(telling).cloned().collect()
    }
}

/// Reads one answer; a driver keeps the line open after it, whatever it is told.
fn read(peer: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 << 10];
    loop {
        let head = bytes.windows(4).position(|end| end == b"\r\n\r\n");
        if let Some(head) = head {
            let mut answer = parsed(std::str::from_utf8(&bytes[..head]).unwrap());
            let length = answer.header("content-length").map(|text| text.parse());
            let body = &bytes[head + 4..];
            if let Some(Ok(length)) = length
                && body.len() >= length
            {
                answer.body = String::from_utf8(body[..length].to_vec()).unwrap();
                return answer;
            }
        }
        match peer.read(&mut chunk) {
            Ok(read @ 1..) => bytes.extend_from_slice(&chunk[..read]),
            end => panic!("{end:?} in an answer: {}", String::from_utf8_lossy(&bytes)),
        }
    }
}

fn parsed(head: &str) -> Answer {
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_owned(), value.trim().to_owned()))
    };
    Answer {
        status: status.unwrap().parse().unwrap(),
        headers: lines.filter_map(header).collect(),
        body: String::new(),
    }
}

/// As it stands in a form or an address.
pub(super) fn quoted(text: &str) -> String {
    let byte = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
