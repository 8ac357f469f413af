//! A client for Z39.50 that only measures: it asks like any other and looks at answers as little as it takes to
//! know that they are right.
//!
//! It knows trees of BER, and not the server's own idea of messages: what both get wrong would not be seen.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use bytes::{Bytes, BytesMut};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use z3950::{
    ber::{self, Limits, Node, Tag, ctx, uni},
    frame::{Progress, Scanner},
    oid,
    value::{Bits, Oid, Text, Value},
};

use super::{
    load::Answer,
    question::{Access, Find, Question, Then},
};

const SET: &str = "default";

pub(crate) struct Association {
    stream: TcpStream,
    scanner: Scanner,
    buffer: BytesMut,
    database: &'static str,
}

impl Association {
    pub(crate) async fn open(address: SocketAddr, database: &'static str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut association = Self {
            stream,
            scanner: Scanner::new(Limits::default()),
            buffer: BytesMut::new(),
            database,
        };
        // Version 3; search, present, delete, scan, sort, named sets.
        let services = [0, 1, 2, 7, 8, 14];
        let options = (0..15).map(|bit| services.contains(&bit)).collect();
        let init = vec![
            Bits(vec![true; 3]).write(ctx(3)),
            Bits(options).write(ctx(4)),
            (1_i64 << 20).write(ctx(5)),
            (1_i64 << 20).write(ctx(6)),
            text(110, "bench"),
        ];
        let answer = association.ask(20, init, 21).await?;
        ensure!(flag(&answer, 12), "the server refused the association");
        Ok(association)
    }

    pub(crate) async fn answer(&mut self, question: &Question) -> anyhow::Result<Answer> {
        if question.then == Then::Scan {
            let find = question.finds.first().context("a scan has a term")?;
            return self.scan(find).await;
        }
        let hits = self.search(&question.finds).await?;
        if question.then == Then::Sort {
            self.sort().await?;
        }
        let records = if hits == 0 {
            0
        } else {
            self.present(hits.min(10)).await?
        };
        Ok(Answer { hits, records })
    }

    async fn search(&mut self, finds: &[Find]) -> anyhow::Result<u64> {
        let mut tree: Option<Node> = None;
        for find in finds {
            let operand = Node::constructed(ctx(0), vec![term(find)]);
            tree = Some(match tree {
                None => operand,
                Some(left) => {
                    let and = Node::primitive(ctx(0), Bytes::new());
                    let operator = Node::constructed(ctx(46), vec![and]);
                    Node::constructed(ctx(1), vec![left, operand, operator])
                }
            });
        }
        let query = vec![bib_1(uni(6)), tree.context("a search has a term")?];
        let search = vec![
            0_i64.write(ctx(13)),
            1_i64.write(ctx(14)),
            0_i64.write(ctx(15)),
            true.write(ctx(16)),
            text(17, SET),
            Node::constructed(ctx(18), vec![text(105, self.database)]),
            Node::constructed(ctx(21), vec![Node::constructed(ctx(1), query)]),
        ];
        let answer = self.ask(22, search, 23).await?;
        ensure!(
            flag(&answer, 22),
            "the search failed: {}",
            diagnostic(&answer)
        );
        number(&answer, 23)
    }

    async fn sort(&mut self) -> anyhow::Result<()> {
        let attributes = vec![bib_1(uni(6)), attributes(&[(1, Access::Title.bib_1())])];
        let element = Node::constructed(ctx(2), attributes);
        let key = vec![
            Node::constructed(ctx(1), vec![element]),
            0_i64.write(ctx(1)),
            1_i64.write(ctx(2)),
        ];
        let sort = vec![
            Node::constructed(ctx(3), vec![Text::from(SET).write(uni(27))]),
            text(4, SET),
            Node::constructed(ctx(5), vec![Node::constructed(uni(16), key)]),
        ];
        let answer = self.ask(43, sort, 44).await?;
        ensure!(
            number(&answer, 3)? == 0,
            "the sort failed: {}",
            diagnostic(&answer)
        );
        Ok(())
    }

    async fn present(&mut self, count: u64) -> anyhow::Result<u64> {
        let present = vec![
            text(31, SET),
            1_i64.write(ctx(30)),
            i64::try_from(count)?.write(ctx(29)),
            Oid::of(oid::UNIMARC).write(ctx(104)),
        ];
        let answer = self.ask(24, present, 25).await?;
        let records = answer.inside().iter().find(|node| node.tag == ctx(28));
        let records = records.map(Node::inside).unwrap_or_default();
        let whole = records.iter().filter(|record| is_unimarc(record));
        let whole = whole.count() as u64;
        ensure!(
            whole == records.len() as u64,
            "a record is no UNIMARC: {}",
            diagnostic(&answer)
        );
        Ok(whole)
    }

    async fn scan(&mut self, find: &Find) -> anyhow::Result<Answer> {
        let scan = vec![
            Node::constructed(ctx(3), vec![text(105, self.database)]),
            bib_1(uni(6)),
            term(find),
            20_i64.write(ctx(6)),
            1_i64.write(ctx(7)),
        ];
        let answer = self.ask(35, scan, 36).await?;
        let terms = number(&answer, 5)?;
        ensure!(terms > 0, "the scan failed: {}", diagnostic(&answer));
        Ok(Answer {
            hits: terms,
            records: terms.min(10),
        })
    }

    async fn ask(&mut self, tag: u32, inside: Vec<Node>, expected: u32) -> anyhow::Result<Node> {
        let request = Node::constructed(ctx(tag), inside).encode();
        self.stream.write_all(&request).await?;
        loop {
            if let Progress::Whole(length) = self.scanner.advance(&self.buffer)? {
                let bytes = self.buffer.split_to(length).freeze();
                let (node, _) = ber::decode(&bytes, Limits::default())?;
                ensure!(
                    node.tag == ctx(expected),
                    "an answer of another kind: {:?}",
                    node.tag
                );
                return Ok(node);
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the association");
            }
        }
    }
}

fn text(tag: u32, text: &str) -> Node {
    Text::from(text).write(ctx(tag))
}

fn bib_1(tag: Tag) -> Node {
    Oid::of(oid::BIB_1).write(tag)
}

fn term(find: &Find) -> Node {
    let mut list = vec![(1, find.access.bib_1())];
    list.extend(find.truncated.then_some((5, 1)));
    let term = Bytes::copy_from_slice(find.term.as_bytes()).write(ctx(45));
    Node::constructed(ctx(102), vec![attributes(&list), term])
}

fn attributes(list: &[(i64, i64)]) -> Node {
    let element = |(kind, value): &(i64, i64)| {
        Node::constructed(uni(16), vec![kind.write(ctx(120)), value.write(ctx(121))])
    };
    Node::constructed(ctx(44), list.iter().map(element).collect())
}

fn element(node: &Node, tag: u32) -> Option<&Node> {
    node.inside().iter().find(|inside| inside.tag == ctx(tag))
}

fn flag(node: &Node, tag: u32) -> bool {
    element(node, tag).is_some_and(|node| bool::read(node) == Ok(true))
}

fn number(node: &Node, tag: u32) -> anyhow::Result<u64> {
    let element = element(node, tag).with_context(|| format!("the answer has no [{tag}]"))?;
    Ok(i64::read(element)?.try_into()?)
}

/// NamePlusRecord, record, retrievalRecord, EXTERNAL: a record in octets, of that syntax.
fn is_unimarc(named: &Node) -> bool {
    let record = element(named, 1).and_then(|node| element(node, 1));
    let external = record.and_then(|record| record.inside().first());
    external.is_some_and(|external| {
        let syntax = external.inside().iter().find(|node| node.tag == uni(6));
        syntax.is_some_and(|syntax| syntax.bytes() == oid::UNIMARC)
            && element(external, 1).is_some_and(|octets| octets.bytes().ends_with(b"\x1d"))
    })
}

/// The first number and text of a diagnostic, wherever it stands.
fn diagnostic(node: &Node) -> String {
    let mut found = Vec::new();
    gather(node, &mut found);
    found.join(" ")
}

fn gather(node: &Node, found: &mut Vec<String>) {
    match node.tag {
        tag if tag == uni(2) => found.extend(i64::read(node).ok().map(|number| number.to_string())),
        tag if tag == uni(26) || tag == uni(27) => {
            found.push(String::from_utf8_lossy(&node.bytes()).into_owned());
        }
        _ => node
            .inside()
            .iter()
            .for_each(|inside| gather(inside, found)),
    }
}
