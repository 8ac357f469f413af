//! What partners really send, and what they make of an answer: by the numbers of the table in `docs/ncip.md`.

mod copies;
mod dress;
mod loans;
mod words;

use super::{item, request, user};

fn accept(number: &str, card: &str, barcode: &str) -> String {
    format!(
        "{}<RequestedActionType>Hold For Pickup</RequestedActionType>{}{}",
        request(number),
        user(card),
        item(barcode)
    )
}

fn unique(name: &str, inner: &str) -> String {
    format!(
        "<Unique{name}><UniqueAgencyId><Scheme>x</Scheme><Value>LENS</Value></UniqueAgencyId>{inner}</Unique{name}>"
    )
}

fn in_1_0(service: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE NCIPMessage PUBLIC \"-//NISO//NCIP DTD Version 1.0//EN\" \
         \"http://www.niso.org/ncip/v1_0/imp1/dtd/ncip_v1_0.dtd\">\n<NCIPMessage version=\"1.0\"><{service}>\
         <InitiationHeader><FromAgencyId><UniqueAgencyId><Scheme>x</Scheme><Value>ANCIEN</Value></UniqueAgencyId></FromAgencyId>\
         <FromAgencyAuthentication>demo</FromAgencyAuthentication><ToAgencyId><UniqueAgencyId><Scheme>x</Scheme><Value>LENS</Value>\
         </UniqueAgencyId></ToAgencyId></InitiationHeader>{inner}</{service}></NCIPMessage>"
    )
}
