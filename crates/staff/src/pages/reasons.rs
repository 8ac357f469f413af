//! The log's words, for people.

use crate::tongue::Tongue;

/// What a reason is called in a list of many.
pub(crate) fn label(t: Tongue, code: &str) -> String {
    let (fr, en) = match code {
        "card_unknown" => ("Carte inconnue", "Card unknown"),
        "card_ambiguous" => (
            "Carte de plusieurs bibliothèques",
            "Card of several branches",
        ),
        "card_lost" => ("Carte perdue", "Card lost"),
        "card_replaced" => ("Carte remplacée", "Card replaced"),
        "card_cancelled" => ("Carte annulée", "Card cancelled"),
        "card_expired" => ("Carte expirée", "Card expired"),
        "pin_wrong" | "pin_too_often" => ("Code faux", "Wrong PIN"),
        "suspended" => ("Suspension", "Suspended"),
        "blocked" => ("Compte bloqué", "Blocked"),
        "recall_blocked" => ("Rappel en cours", "Recalled loans"),
        "guarantor_missing" => ("Pas de responsable", "No guarantor"),
        "audience_limit" => ("Pour adultes", "For adults"),
        "item_unknown" => ("Document inconnu", "Item unknown"),
        "item_ambiguous" => (
            "Code-barres de plusieurs bibliothèques",
            "Barcode of several branches",
        ),
        "item_condition" => ("État du document", "Condition of the item"),
        "already_lent_to_you" => ("Déjà prêté à ce lecteur", "On loan to this reader"),
        "lent_to_another" => ("Prêté à un autre", "On loan to another"),
        "in_transit" => ("En navette", "Under way"),
        "not_on_loan" => ("N’était pas prêté", "Was not on loan"),
        "held_for_another" => ("Mis de côté pour un autre", "Set aside for another"),
        "held_already" => ("Déjà réservé", "Held already"),
        "not_loanable" => ("Exclu du prêt", "Not lent"),
        "not_at_machine" => ("Pas à l’automate", "Not at a machine"),
        "not_holdable" => ("Non réservable", "Cannot be held"),
        "on_shelf" => ("Disponible en rayon", "On the shelf"),
        "queue_full" => ("File complète", "Queue full"),
        "pickup_closed" => ("Lieu de retrait fermé", "Pickup branch closed"),
        "renewals_used" => ("Plus de prolongation", "No renewals left"),
        "overdue_too_long" => ("En retard depuis trop longtemps", "Overdue for too long"),
        "held_by_waiting" => ("Réservé par d’autres", "Held by others"),
        "would_not_extend" => ("Ne prolongerait rien", "Would not extend"),
        "limit" => ("Limite atteinte", "Limit reached"),
        other => return other.replace('_', " "),
    };
    t.say(fr, en).to_owned()
}

/// What was asked.
pub(crate) fn asked(t: Tongue, kind: &str) -> &str {
    match kind {
        "checkout" => t.say("prêt", "loan"),
        "checkin" => t.say("retour", "return"),
        "renew" => t.say("prolongation", "renewal"),
        "hold" | "hold_placed" => t.say("réservation", "hold"),
        "hold_change" => t.say("réservation modifiée", "hold changed"),
        "hold_cancel" => t.say("réservation annulée", "hold cancelled"),
        "hold_lapsed" => t.say("réservation échue", "hold lapsed"),
        "hold_not_collected" => t.say("réservation non retirée", "hold not collected"),
        "undo_checkout" => t.say("prêt annulé", "loan undone"),
        "undo_checkin" => t.say("retour annulé", "return undone"),
        "due_moved" => t.say("retour reporté", "due date moved"),
        "ready_moved" => t.say("mise de côté prolongée", "longer on the hold shelf"),
        "fee" => t.say("argent", "money"),
        "item_state" => t.say("état déclaré", "state declared"),
        "register" => t.say("inscription", "registration"),
        "reader" => t.say("compte modifié", "file changed"),
        "card" => t.say("carte remplacée", "card replaced"),
        "block" => t.say("blocage", "block"),
        "unblock" => t.say("déblocage", "block lifted"),
        "policy" => t.say("règles", "rules"),
        "calendar" => t.say("calendrier", "calendar"),
        other => other,
    }
}
