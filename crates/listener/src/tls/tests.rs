use std::{
    cell::Cell,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use rustls::{crypto::ring, server::ResolvesServerCertUsingSni};

use super::*;

fn tls(turns: usize) -> Tls {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(ResolvesServerCertUsingSni::new()));
    Tls::with_turns(config, turns)
}

fn once<T>(work: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    work.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn work_waits_for_its_turn_and_keeps_it_only_while_it_computes() {
    let tls = tls(1);
    let steps = Rc::new(Cell::new(0));
    let slow = || {
        let steps = steps.clone();
        std::future::poll_fn(move |_| {
            steps.set(steps.get() + 1);
            Poll::<io::Result<()>>::Pending
        })
    };
    let mut first = pin!(tls.in_turns(slow()));
    let mut second = pin!(tls.in_turns(slow()));
    assert!(once(first.as_mut()).is_pending() && once(second.as_mut()).is_pending());
    assert_eq!(
        steps.get(),
        2,
        "who only waits for its peer leaves the turn to others"
    );

    let turn = tls.0.turns.try_acquire().unwrap();
    assert!(once(first.as_mut()).is_pending());
    assert_eq!(steps.get(), 2, "no step without a turn");
    drop(turn);
    assert!(once(first.as_mut()).is_pending());
    assert_eq!(steps.get(), 3);
    assert_eq!(tls.0.turns.available_permits(), 1);
}
