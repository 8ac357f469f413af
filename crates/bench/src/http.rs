//! A client for HTTP/1.1 that only measures: one connection, kept open.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use bytes::{Buf, BytesMut};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub(crate) struct Connection {
    stream: TcpStream,
    buffer: BytesMut,
    host: String,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (given, value) = line.split_once(':')?;
            given.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn text(self) -> anyhow::Result<String> {
        String::from_utf8(self.body).context("an answer that is not UTF-8")
    }
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: BytesMut::new(),
            host: address.to_string(),
        })
    }

    /// `headers` are whole lines, each with its end.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        target: &str,
        headers: &str,
        body: &str,
    ) -> anyhow::Result<Answer> {
        let length = match body.is_empty() {
            true => String::new(),
            false => format!("Content-Length: {}\r\n", body.len()),
        };
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\n{headers}{length}\r\n{body}",
            self.host
        );
        self.stream.write_all(request.as_bytes()).await?;
        let end = loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer.split_to(end)).into_owned();
        self.buffer.advance(4);
        let status = head.get(9..12).and_then(|status| status.parse().ok());
        let mut answer = Answer {
            status: status.context("an answer without a status")?,
            head,
            body: Vec::new(),
        };
        let length = answer
            .header("content-length")
            .and_then(|length| length.parse::<usize>().ok());
        ensure!(
            length.is_some() || answer.status == 304,
            "the answer does not say how long it is"
        );
        let length = length.unwrap_or(0);
        while self.buffer.len() < length {
            self.more().await?;
        }
        answer.body = self.buffer.split_to(length).to_vec();
        Ok(answer)
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}
