//! NCIP over raw TCP: documents one after the other, each ended by its own markup.

use std::sync::Arc;

use ncip::{frame::Scanner, limits::BYTES, lists::Messaging};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    door::{Door, Envelope, Outcome},
    origin::Origin,
};

/// What comes at once.
const CHUNK: usize = 16 << 10;
/// The line break after a document, which its sender may or may not send, belongs to the next.
const BLANKS: usize = 1 << 10;

/// What the next bytes brought.
enum Next {
    Document(Vec<u8>),
    /// The peer has gone, or been silent too long, or the door closes.
    End,
    /// What came will never be a document.
    Wrong(&'static str),
}

impl Door {
    /// Serves one connection until it ends. `recognised` is called when somebody known has been answered.
    pub async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
        self: Arc<Self>,
        mut stream: S,
        origin: Origin,
        recognised: impl Fn(),
        shutdown: CancellationToken,
    ) {
        let mut come = Vec::new();
        let mut scanner = Scanner::new();
        loop {
            let answer = match self
                .next(&mut stream, &mut come, &mut scanner, &shutdown)
                .await
            {
                Next::Document(document) => {
                    let envelope = Envelope {
                        origin: &origin,
                        token: None,
                        charset: None,
                    };
                    // The line break after the last document is no part of this one.
                    match self.answer(document.trim_ascii_start(), envelope).await {
                        Outcome::Answer(answer) => answer,
                        Outcome::Unknown => return,
                    }
                }
                Next::End => return,
                Next::Wrong(detail) => {
                    let answer = self.never_came(Messaging::InvalidSyntax, detail);
                    // Nothing more is understood on this line; who has gone hears nothing.
                    let _ = send(&mut stream, &answer).await;
                    return;
                }
            };
            recognised();
            if send(&mut stream, &answer).await.is_err() {
                return;
            }
        }
    }

    async fn next<S: AsyncRead + Unpin>(
        &self,
        stream: &mut S,
        come: &mut Vec<u8>,
        scanner: &mut Scanner,
        shutdown: &CancellationToken,
    ) -> Next {
        let mut begun = None;
        loop {
            match scanner.end(come) {
                Ok(Some(end)) => {
                    let rest = come.split_off(end);
                    return Next::Document(std::mem::replace(come, rest));
                }
                Ok(None) => {}
                Err(_) => return Next::Wrong("ce n'est pas du XML / this is no XML"),
            }
            if come.len() > BYTES || !scanner.is_within() && come.len() > BLANKS {
                return Next::Wrong("plus d'un mébioctet / more than one mebibyte");
            }
            // From the first byte on, the whole has its time; before it, silence has.
            let left = match begun {
                _ if !scanner.is_within() => self.settings.idle,
                None => {
                    begun = Some(tokio::time::Instant::now());
                    self.settings.body
                }
                Some(since) => self.settings.body.saturating_sub(since.elapsed()),
            };
            come.reserve(CHUNK);
            let read = tokio::select! {
                read = timeout(left, stream.read_buf(come)) => read,
                // What has begun is answered; a silent line ends.
                () = shutdown.cancelled(), if !scanner.is_within() => return Next::End,
            };
            match read {
                Ok(Ok(0)) if scanner.is_within() => {
                    return Next::Wrong(
                        "le document n'est pas fini / the document is not finished",
                    );
                }
                Ok(Ok(0) | Err(_)) => return Next::End,
                Ok(Ok(_)) => {}
                Err(_) if scanner.is_within() => {
                    return Next::Wrong(
                        "le document n'est pas arrivé à temps / the document did not come in time",
                    );
                }
                Err(_) => return Next::End,
            }
        }
    }
}

/// In one write: there are clients that take a pause for the end.
async fn send<S: AsyncWrite + Unpin>(stream: &mut S, answer: &str) -> std::io::Result<()> {
    stream.write_all(answer.as_bytes()).await?;
    stream.flush().await
}
