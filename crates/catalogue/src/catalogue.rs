//! The index as a whole: opened, read, written.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use marc::Record;
use tantivy::{
    DocAddress, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher,
    SegmentReader, TantivyDocument, Term, columnar::Column, directory::MmapDirectory,
    index::SegmentId, schema::Value as _,
};

use crate::{
    Error, FeedPosition, Writer,
    schema::{BIB, FORMAT, Fields},
    stored, tokens,
    writer::Payload,
};

/// Documents that are found, and how. A clone is the same index.
///
/// Any number of threads may ask at once; each call sees one state of the index, whatever is
/// committed meanwhile. Memory of a reader: the dictionaries' heads and a cache of some hundred
/// kilobytes; the files themselves are mapped, and belong to the system's cache.
#[derive(Clone)]
pub struct Catalogue {
    inner: Arc<Inner>,
}

struct Inner {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    /// The column of bibs of each segment: opening one costs more than most questions.
    bibs: Mutex<HashMap<SegmentId, Column<i64>>>,
}

/// Columns of segments that are gone are let go when there are more than so many.
const MOST_COLUMNS: usize = 100;

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue")
            .field("records", &self.count())
            .finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Opens the index in a folder, and makes an empty one if there is none. The folder has to
    /// exist. An index of another format is refused: see [`Error::Format`].
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let (schema, fields) = Fields::new();
        let index = if Index::exists(&directory).map_err(tantivy::TantivyError::from)? {
            let mut index = Index::open(directory)?;
            // Before the schema is looked at: another format may well have other fields.
            let payload = payload(&index)?;
            let found = payload.as_ref().map(|payload| payload.format);
            let fresh = payload.is_none() && index.searchable_segment_ids()?.is_empty();
            if index.schema() != schema || !(fresh || found == Some(FORMAT)) {
                return Err(Error::Format {
                    found,
                    expected: FORMAT,
                });
            }
            index.set_tokenizers(tokens::tokenizers());
            index.set_fast_field_tokenizers(tokens::tokenizers());
            index
        } else {
            builder(schema).open_or_create(directory)?
        };
        Self::new(index, fields)
    }

    /// An empty index that lives as long as it is held: for tests.
    pub fn in_memory() -> Result<Self, Error> {
        let (schema, fields) = Fields::new();
        Self::new(builder(schema).create_in_ram()?, fields)
    }

    fn new(index: Index, fields: Fields) -> Result<Self, Error> {
        // The writer reloads after each commit, so that a change is seen at once and in order.
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            inner: Arc::new(Inner {
                index,
                reader,
                fields,
                bibs: Mutex::default(),
            }),
        })
    }

    /// How far the feed was read by the last commit; `None` if there never was one with a feed.
    pub fn position(&self) -> Result<Option<FeedPosition>, Error> {
        Ok(payload(&self.inner.index)?.and_then(|payload| payload.position))
    }

    /// The writer, with a budget in bytes (15 million for each thread are the least) and threads.
    /// There is one at a time, in this process and any other.
    pub fn writer(&self, memory: usize, threads: usize) -> Result<Writer, Error> {
        let writer: IndexWriter = self.inner.index.writer_with_num_threads(threads, memory)?;
        Ok(Writer::new(self.clone(), writer))
    }

    /// Looks at the newest commit, when the writer is in another process. Ours needs no telling.
    pub fn reload(&self) -> Result<(), Error> {
        Ok(self.inner.reader.reload()?)
    }

    /// How many records there are.
    pub fn count(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// The served record of a bib, as it was put.
    pub fn record(&self, bib: i64) -> Result<Option<Record>, Error> {
        let searcher = self.searcher();
        self.address(&searcher, bib)?
            .map(|address| self.stored(&searcher, address, bib))
            .transpose()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.inner.fields
    }

    /// The bibs of a segment's documents.
    pub(crate) fn bibs(&self, reader: &SegmentReader) -> Result<Column<i64>, Error> {
        // Whoever panicked with it left a map that is whole.
        let mut columns = self
            .inner
            .bibs
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(column) = columns.get(&reader.segment_id()) {
            return Ok(column.clone());
        }
        if columns.len() >= MOST_COLUMNS {
            columns.clear();
        }
        let column = reader.fast_fields().i64(BIB)?;
        columns.insert(reader.segment_id(), column.clone());
        Ok(column)
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.inner.reader.searcher()
    }

    /// Where a bib lies.
    pub(crate) fn address(
        &self,
        searcher: &Searcher,
        bib: i64,
    ) -> Result<Option<DocAddress>, Error> {
        let term = Term::from_field_i64(self.fields().bib, bib);
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let inverted = reader.inverted_index(self.fields().bib)?;
            let Some(mut postings) =
                inverted.read_postings(&term, tantivy::schema::IndexRecordOption::Basic)?
            else {
                continue;
            };
            use tantivy::DocSet as _;
            while postings.doc() != tantivy::TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    return Ok(Some(DocAddress::new(segment, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    pub(crate) fn stored(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        bib: i64,
    ) -> Result<Record, Error> {
        let document: TantivyDocument = searcher.doc(address)?;
        let bytes = document.get_first(self.fields().record);
        let bytes = bytes.as_ref().and_then(|value| value.as_bytes());
        bytes.and_then(stored::read).ok_or(Error::Damaged(bib))
    }
}

fn builder(schema: tantivy::schema::Schema) -> tantivy::IndexBuilder {
    // Records are read one at a time: a small block is unpacked for each of them.
    let settings = IndexSettings {
        docstore_blocksize: 4096,
        ..IndexSettings::default()
    };
    Index::builder()
        .settings(settings)
        .schema(schema)
        .tokenizers(tokens::tokenizers())
        .fast_field_tokenizers(tokens::tokenizers())
}

/// What the last commit says; `None` before the first one, or if another program wrote it.
fn payload(index: &Index) -> Result<Option<Payload>, Error> {
    let payload = index.load_metas()?.payload;
    Ok(payload.and_then(|payload| serde_json::from_str(&payload).ok()))
}
