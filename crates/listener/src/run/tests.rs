//! Over real sockets on free ports.

use std::time::Duration;

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    task::JoinHandle,
};

use super::*;

mod proxied;
mod tls;
mod tls_site;

/// How long a test waits for what must happen.
const SOON: Duration = Duration::from_secs(20);

/// A running door for commands of one byte: `e` is echoed, `w` says who the peer is, `r`
/// recognises it, `p` panics, `s` keeps it waiting for ever; at anything else it hangs up.
struct Running {
    address: SocketAddr,
    shutdown: CancellationToken,
    ended: JoinHandle<()>,
}

impl Running {
    async fn start(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let ended = tokio::spawn(run(listener, limits, shutdown.clone(), serve));
        Self {
            address,
            shutdown,
            ended,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn stop(self) {
        self.shutdown.cancel();
        timeout(SOON, self.ended).await.unwrap().unwrap();
    }
}

async fn serve(mut connection: Connection) {
    loop {
        let byte = tokio::select! {
            biased;
            () = connection.shutdown.cancelled() => return,
            byte = connection.stream.read_u8() => byte,
        };
        let answer = match byte {
            Ok(b'e') => "e".to_owned(),
            Ok(b'r') => {
                connection.standing.recognised();
                "r".to_owned()
            }
            Ok(b'w') => format!("{} {}\n", connection.peer, shown(&connection.secured)),
            Ok(b'p') => panic!("asked for"),
            Ok(b's') => std::future::pending().await,
            _ => return,
        };
        connection
            .stream
            .write_all(answer.as_bytes())
            .await
            .unwrap();
        connection.stream.flush().await.unwrap();
    }
}

fn shown(secured: &Secured) -> String {
    match secured {
        Secured::Plain => "plain".to_owned(),
        Secured::Tls { certificate: None } => "tls".to_owned(),
        Secured::Tls {
            certificate: Some(certificate),
        } => format!(
            "{} {:02x?}",
            certificate.subject,
            &certificate.fingerprint[..]
        ),
    }
}

fn limits() -> Limits {
    Limits {
        drain: Duration::from_millis(100),
        ..Limits::plain("test", Vec::new())
    }
}

async fn asked<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, command: u8) -> bool {
    let answered = async {
        stream.write_all(&[command]).await?;
        stream.flush().await?;
        stream.read_u8().await
    };
    let answered = timeout(SOON, answered).await.expect("an answer or an end");
    answered.is_ok_and(|byte| byte == command)
}

async fn echo<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> bool {
    asked(stream, b'e').await
}

/// Who the door says that we are: address, then how we are secured. Empty: it hung up.
async fn who<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> String {
    let mut line = Vec::new();
    let said = async {
        stream.write_all(b"w").await?;
        stream.flush().await?;
        while !line.ends_with(b"\n") {
            line.push(stream.read_u8().await?);
        }
        Ok::<_, io::Error>(())
    };
    let ended = timeout(SOON, said).await.expect("an answer or an end");
    match ended {
        Ok(()) => String::from_utf8(line).unwrap().trim_end().to_owned(),
        Err(_) => String::new(),
    }
}

async fn hung_up<S: AsyncRead + Unpin>(stream: &mut S) -> bool {
    let read = timeout(SOON, stream.read_u8()).await;
    read.expect("the door hangs up").is_err()
}

/// Waits until it holds: what another task does has no event of its own.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, waiting).await.expect(what);
}

#[tokio::test]
async fn a_panic_ends_one_connection() {
    let door = Running::start(limits()).await;
    let mut calm = door.connect().await;
    assert!(echo(&mut calm).await);
    let mut bad = door.connect().await;
    bad.write_all(b"p").await.unwrap();
    assert!(hung_up(&mut bad).await);
    assert!(echo(&mut calm).await, "the others go on");
    assert!(
        echo(&mut door.connect().await).await,
        "and so does the door"
    );
    door.stop().await;
}

#[tokio::test]
async fn limits_hold_and_places_come_free() {
    let door = Running::start(Limits {
        connections: 3,
        nameless: 2,
        ..limits()
    })
    .await;
    let (mut first, mut second) = (door.connect().await, door.connect().await);
    assert!(echo(&mut first).await && echo(&mut second).await);
    assert!(!echo(&mut door.connect().await).await, "two are nameless");
    assert!(asked(&mut first, b'r').await);
    let mut third = door.connect().await;
    assert!(echo(&mut third).await, "one of them is known now");
    assert!(asked(&mut second, b'r').await && asked(&mut third, b'r').await);
    assert!(!echo(&mut door.connect().await).await, "the door has three");
    drop(first);
    let again = async {
        while !echo(&mut door.connect().await).await {
            tokio::task::yield_now().await;
        }
    };
    timeout(SOON, again).await.expect("the place comes free");
    door.stop().await;
}

#[tokio::test]
async fn it_drains_then_drops() {
    let door = Running::start(limits()).await;
    let mut polite = door.connect().await;
    assert!(echo(&mut polite).await);
    assert_eq!(
        who(&mut polite).await,
        format!("{} plain", polite.local_addr().unwrap())
    );
    let mut stuck = door.connect().await;
    stuck.write_all(b"es").await.unwrap();
    assert_eq!(stuck.read_u8().await.unwrap(), b'e');
    let (begun, address) = (Instant::now(), door.address);
    door.stop().await;
    assert!(
        begun.elapsed() >= Duration::from_millis(100),
        "the stuck one had its time"
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(hung_up(&mut polite).await && hung_up(&mut stuck).await);
    assert!(
        TcpStream::connect(address).await.is_err(),
        "nobody listens any more"
    );
}

#[tokio::test]
async fn sockets_are_tuned() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap())
        .await
        .unwrap();
    tune(&stream, &limits()).unwrap();
    assert!(stream.nodelay().unwrap());
    assert!(rustix::net::sockopt::socket_keepalive(&stream).unwrap());
    assert_eq!(
        rustix::net::sockopt::tcp_keepidle(&stream).unwrap(),
        Duration::from_secs(120)
    );
    assert_eq!(
        rustix::net::sockopt::tcp_keepintvl(&stream).unwrap(),
        Duration::from_secs(10)
    );
}
