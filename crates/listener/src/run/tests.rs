//! Over real sockets on free ports.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
    task::JoinHandle,
    time::Instant,
};

use super::*;

/// Serves lines of one byte: `e` is echoed, `p` panics, `s` keeps the peer waiting for ever.
async fn door(limits: Limits) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = CancellationToken::new();
    let running = tokio::spawn(run(
        listener,
        limits,
        shutdown.clone(),
        async |mut connection: Connection| {
            loop {
                let byte = tokio::select! {
                    biased;
                    () = connection.shutdown.cancelled() => return,
                    byte = connection.stream.read_u8() => byte,
                };
                match byte {
                    Ok(b'e') => connection.stream.write_all(b"e").await.unwrap(),
                    Ok(b'p') => panic!("asked for"),
                    Ok(b's') => std::future::pending().await,
                    _ => return,
                }
            }
        },
    ));
    (address, shutdown, running)
}

fn limits() -> Limits {
    Limits {
        drain: Duration::from_millis(100),
        ..Limits::plain("test", Vec::new())
    }
}

async fn echo(stream: &mut TcpStream) -> bool {
    stream.write_all(b"e").await.is_ok() && stream.read_u8().await.is_ok_and(|byte| byte == b'e')
}

async fn from(source: &str, address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{source}:0").parse().unwrap()).unwrap();
    socket.connect(address).await.unwrap()
}

#[tokio::test]
async fn a_panic_ends_one_connection() {
    let (address, shutdown, running) = door(limits()).await;
    let mut calm = TcpStream::connect(address).await.unwrap();
    assert!(echo(&mut calm).await);
    let mut bad = TcpStream::connect(address).await.unwrap();
    bad.write_all(b"p").await.unwrap();
    assert!(bad.read_u8().await.is_err());
    assert!(echo(&mut calm).await, "the others go on");
    assert!(
        echo(&mut TcpStream::connect(address).await.unwrap()).await,
        "and so does the door"
    );
    shutdown.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn limits_hold_and_places_come_free() {
    let (address, shutdown, running) = door(Limits {
        connections: 3,
        per_peer: 2,
        ..limits()
    })
    .await;
    let mut first = from("127.0.0.1", address).await;
    let mut second = from("127.0.0.1", address).await;
    assert!(echo(&mut first).await && echo(&mut second).await);
    assert!(
        !echo(&mut from("127.0.0.1", address).await).await,
        "this peer has two"
    );
    let mut other = from("127.0.0.2", address).await;
    assert!(echo(&mut other).await);
    assert!(
        !echo(&mut from("127.0.0.3", address).await).await,
        "the door has three"
    );
    drop(first);
    let again = async {
        while !echo(&mut from("127.0.0.1", address).await).await {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(5), again)
        .await
        .expect("the place comes free");
    shutdown.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn it_drains_then_drops() {
    let (address, shutdown, running) = door(limits()).await;
    let mut polite = TcpStream::connect(address).await.unwrap();
    assert!(echo(&mut polite).await);
    let mut stuck = TcpStream::connect(address).await.unwrap();
    stuck.write_all(b"es").await.unwrap();
    assert_eq!(stuck.read_u8().await.unwrap(), b'e');
    let begun = Instant::now();
    shutdown.cancel();
    running.await.unwrap();
    assert!(
        begun.elapsed() >= Duration::from_millis(100),
        "the stuck one had its time"
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(polite.read_u8().await.is_err() && stuck.read_u8().await.is_err());
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
