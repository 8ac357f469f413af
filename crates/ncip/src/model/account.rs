//! Loans, requests and money of a reader.

use super::{BibliographicDescription, BibliographicId, ItemId, RequestId, Value, codec::parts};
use crate::Moment;

parts! {
    /// An amount, in the smallest unit of its currency.
    Amount {
        opt currency: Value = "CurrencyCode",
        req value: i64 = "MonetaryValue",
    }

    /// How many loans of a state.
    LoanedItemsCount {
        opt status: Value = "CirculationStatus",
        req count: u32 = "LoanedItemCountValue",
    }

    /// A loan.
    LoanedItem {
        req item: ItemId = "ItemId",
        many titles: BibliographicId = "BibliographicId",
        opt reminder_level: u32 = "ReminderLevel",
        req due: Moment = "DateDue",
        opt amount: Amount = "Amount",
        opt title: String = "Title",
        opt medium: Value = "MediumType",
    }

    /// How many requests of a kind.
    RequestedItemsCount {
        opt kind: Value = "RequestType",
        req count: u32 = "RequestedItemCountValue",
    }

    /// A request.
    RequestedItem {
        opt request: RequestId = "RequestId",
        opt item: ItemId = "ItemId",
        many titles: BibliographicId = "BibliographicId",
        req kind: Value = "RequestType",
        req status: Value = "RequestStatusType",
        req placed: Moment = "DatePlaced",
        opt pickup_date: Moment = "PickupDate",
        opt pickup: Value = "PickupLocation",
        opt pickup_until: Moment = "PickupExpiryDate",
        opt position: u32 = "HoldQueuePosition",
        opt title: String = "Title",
        opt medium: Value = "MediumType",
    }

    /// The number of a fee or payment.
    FiscalReference {
        req agency: Value = "AgencyId",
        req value: String = "FiscalTransactionIdentifierValue",
    }

    /// What a fee is for.
    ItemDetails {
        req item: ItemId = "ItemId",
        opt description: BibliographicDescription = "BibliographicDescription",
        opt lent: Moment = "DateCheckedOut",
        opt due: Moment = "DateDue",
        opt returned: Moment = "DateReturned",
    }

    /// A fee, a payment, a waiver.
    FiscalTransaction {
        req action: Value = "FiscalActionType",
        opt reference: FiscalReference = "FiscalTransactionReferenceId",
        many related: FiscalReference = "RelatedFiscalTransactionReferenceId",
        opt kind: Value = "FiscalTransactionType",
        opt amount: Amount = "Amount",
        opt payment: Value = "PaymentMethodType",
        opt description: String = "FiscalTransactionDescription",
        opt request: RequestId = "RequestId",
        opt item: ItemDetails = "ItemDetails",
    }

    /// A line of an account.
    AccountDetails {
        req accrued: Moment = "AccrualDate",
        req transaction: FiscalTransaction = "FiscalTransactionInformation",
    }

    /// What a reader owes.
    FiscalAccount {
        req balance: Amount = "AccountBalance",
        many lines: AccountDetails = "AccountDetails",
    }
}
