// What the press of four countries would write about a company, one headline of each kind.
#pragma once

#include "domain/triggers/event.hpp"

#include <array>
#include <string>
#include <string_view>

namespace whynow::briefs_test {

// A headline of each kind but none, in the order of triggers::kind; "@" is the company.
using headlines = std::array<std::string_view, domain::triggers::kind_count - 1>;

inline constexpr headlines english{"@ names Maria Voss chief customer officer",
                                   "@ raises $40 million in Series B funding",
                                   "@ to buy Harbor Foods for $210 million",
                                   "@ reports third-quarter revenue up 14%",
                                   "@ cuts 300 jobs and closes its Ohio office",
                                   "@ opens a second distribution centre in Leipzig",
                                   "@ is hiring 12 account managers",
                                   "@ launches same-day delivery",
                                   "@ fined $2.5 million over data retention",
                                   "@ confirms data breach at its booking system",
                                   "@ wins five-year contract with the Port of Rotterdam",
                                   "@ and Harbor Foods sign logistics partnership",
                                   "@ seeks protection from creditors",
                                   "New EU rules raise the cost of road freight by 9%",
                                   "@ moves its warehouses to SAP S/4HANA"};

inline constexpr headlines german{"@ beruft Maria Voss in die Geschäftsführung",
                                  "@ sammelt 40 Millionen Euro in Series-B-Runde ein",
                                  "@ will Harbor Foods für 210 Millionen Euro kaufen",
                                  "@ steigert Umsatz im dritten Quartal um 14 Prozent",
                                  "@ streicht 300 Stellen und schließt das Werk in Gera",
                                  "@ eröffnet zweites Verteilzentrum in Leipzig",
                                  "@ sucht zwölf neue Kundenbetreuer",
                                  "@ startet Lieferung am selben Tag",
                                  "@ muss 2,5 Millionen Euro Bußgeld zahlen",
                                  "@ bestätigt Datenleck im Buchungssystem",
                                  "@ gewinnt Fünfjahresvertrag mit dem Hafen Rotterdam",
                                  "@ und Harbor Foods vereinbaren Zusammenarbeit in der Logistik",
                                  "@ beantragt Gläubigerschutz",
                                  "Neue EU-Regeln verteuern den Straßentransport um 9 Prozent",
                                  "@ stellt seine Lager auf SAP S/4HANA um"};

inline constexpr headlines french{"@ nomme Maria Voss directrice de la clientèle",
                                  "@ lève 40 millions d’euros en série B",
                                  "@ va racheter Harbor Foods pour 210 millions d’euros",
                                  "@ annonce un chiffre d’affaires trimestriel en hausse de 14 %",
                                  "@ supprime 300 postes et ferme son site de Roubaix",
                                  "@ ouvre une deuxième plateforme logistique à Leipzig",
                                  "@ recrute douze chargés de clientèle",
                                  "@ lance la livraison le jour même",
                                  "@ condamné à 2,5 millions d’euros d’amende",
                                  "@ confirme une fuite de données de réservation",
                                  "@ remporte un contrat de cinq ans avec le port de Rotterdam",
                                  "@ et Harbor Foods signent un partenariat logistique",
                                  "@ demande une procédure de sauvegarde",
                                  "De nouvelles règles européennes renchérissent le transport routier de 9 %",
                                  "@ bascule ses entrepôts sur SAP S/4HANA"};

inline constexpr headlines spanish{"@ nombra a Maria Voss directora de clientes",
                                   "@ capta 40 millones de euros en una ronda serie B",
                                   "@ comprará Harbor Foods por 210 millones de euros",
                                   "@ eleva un 14 % sus ingresos del tercer trimestre",
                                   "@ recorta 300 empleos y cierra su oficina de Burgos",
                                   "@ abre un segundo centro de distribución en Leipzig",
                                   "@ busca doce gestores de cuentas",
                                   "@ lanza la entrega en el mismo día",
                                   "@, multada con 2,5 millones por guardar datos",
                                   "@ confirma una fuga de datos en su sistema de reservas",
                                   "@ gana un contrato de cinco años con el puerto de Róterdam",
                                   "@ y Harbor Foods firman una alianza logística",
                                   "@ pide protección frente a sus acreedores",
                                   "Las nuevas normas europeas encarecen un 9 % el transporte por carretera",
                                   "@ pasa sus almacenes a SAP S/4HANA"};

inline std::string headline(const headlines& press, domain::triggers::kind k, std::string_view who) {
    std::string out(press[std::size_t(k) - 1]);
    if (const auto at = out.find('@'); at != std::string::npos)
        out.replace(at, 1, who);
    return out;
}

// The press that somebody reads who speaks this language.
inline const headlines& press_of(std::string_view language) {
    return language == "de" ? german : language == "fr" ? french : language == "es" ? spanish : english;
}

} // namespace whynow::briefs_test
