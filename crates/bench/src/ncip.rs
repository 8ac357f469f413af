//! The same loans and returns by SIP2 and by NCIP, in one run: what the XML, its partner and its transport cost.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::sip2::{
    daemon::Daemon,
    database::{NCIP_TOKEN, PIN, Server, barcode, card, reachable},
    load::{self, Pairs, Seen},
    say,
};

/// How often each door has its turn, one after the other, so that whatever else the machine does falls on all of them.
const TURNS: u64 = 3;

pub(crate) async fn run(seconds: u64) -> anyhow::Result<()> {
    let folder = tempfile::Builder::new().prefix("relire-bench-").tempdir()?;
    reachable(folder.path())?;
    let server = Server::start(folder.path()).await?;
    let daemon = Daemon::start(&server).context("the daemon")?;
    say(&format!(
        "\nloan + return pairs a second, {TURNS} × {seconds} s a door and line in turns; cost: SIP2's rate by NCIP's"
    ));
    say(
        "connections   SIP2   NCIP, HTTP   cost   NCIP, raw TCP   cost     p50 ms of SIP2, HTTP, TCP   load generator's share",
    );
    for connections in [1, 8, 32] {
        let mut sums = [(0.0, 0.0, 0.0_f64); 3];
        for _ in 0..TURNS {
            let seen = [
                load::run(&daemon, connections, false, seconds).await?,
                of_ncip(&daemon, connections, true, seconds).await?,
                of_ncip(&daemon, connections, false, seconds).await?,
            ];
            for (sum, seen) in sums.iter_mut().zip(seen) {
                let by = TURNS as f64;
                sum.0 += seen.pairs / by;
                sum.1 += seen.p50 / by;
                sum.2 = sum.2.max(seen.generator);
            }
        }
        let [sip2, http, tcp] = sums;
        say(&format!(
            "{connections:>11} {:>6.0} {:>12.0} {:>6.2} {:>15.0} {:>6.2}     {:>14.2} {:>5.2} {:>5.2} {:>24.0} %",
            sip2.0,
            http.0,
            sip2.0 / http.0,
            tcp.0,
            sip2.0 / tcp.0,
            sip2.1,
            http.1,
            tcp.1,
            http.2.max(tcp.2) * 100.0,
        ));
    }
    Ok(())
}

async fn of_ncip(
    daemon: &Daemon,
    connections: usize,
    http: bool,
    seconds: u64,
) -> anyhow::Result<Seen> {
    let address = if http { daemon.http } else { daemon.ncip };
    load::drive(connections, seconds, move |number| {
        Partner::connect(address, number, http)
    })
    .await
}

struct Partner {
    stream: TcpStream,
    number: usize,
    http: bool,
    buffer: Vec<u8>,
}

impl Partner {
    async fn connect(address: SocketAddr, number: usize, http: bool) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            number,
            http,
            buffer: Vec::new(),
        })
    }

    /// Asks in 2.02 and returns the answer's document.
    async fn ask(&mut self, service: &str, inner: &str) -> anyhow::Result<String> {
        // Over raw TCP there is no path for a token: the password is in every header.
        let header = format!(
            "<InitiationHeader><FromAgencyId><AgencyId>BENCH</AgencyId></FromAgencyId><FromAgencyAuthentication>{PIN}\
             </FromAgencyAuthentication><ToAgencyId><AgencyId>LENS</AgencyId></ToAgencyId></InitiationHeader>"
        );
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><NCIPMessage xmlns=\"http://www.niso.org/2008/ncip\" \
             version=\"http://www.niso.org/schemas/ncip/v2_02/ncip_v2_02.xsd\"><{service}>{header}{inner}</{service}></NCIPMessage>\n"
        );
        let sent = if self.http {
            format!(
                "POST /ncip/{NCIP_TOKEN} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/xml; charset=\"utf-8\"\r\n\
                 Content-Length: {}\r\n\r\n{document}",
                document.len()
            )
        } else {
            document
        };
        self.stream.write_all(sent.as_bytes()).await?;
        self.buffer.clear();
        while !self.buffer.ends_with(b"</NCIPMessage>\n") {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the daemon closed the connection");
            }
        }
        String::from_utf8(std::mem::take(&mut self.buffer)).context("an answer that is not UTF-8")
    }
}

impl Pairs for Partner {
    async fn pair(&mut self, reader: usize, item: usize) -> anyhow::Result<[Duration; 2]> {
        let (card, barcode) = (card(self.number, reader), barcode(self.number, item));
        let id = format!("<ItemId><ItemIdentifierValue>{barcode}</ItemIdentifierValue></ItemId>");
        let user = format!("<UserId><UserIdentifierValue>{card}</UserIdentifierValue></UserId>");
        let began = Instant::now();
        let answer = self.ask("CheckOutItem", &format!("{user}{id}")).await?;
        let lent = began.elapsed();
        ensure!(answer.contains("<DateDue>"), "not lent: {answer}");
        let began = Instant::now();
        let answer = self.ask("CheckInItem", &id).await?;
        ensure!(!answer.contains("Problem"), "not taken back: {answer}");
        Ok([lent, began.elapsed()])
    }
}
