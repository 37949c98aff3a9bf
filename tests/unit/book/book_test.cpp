#include "domain/book/book.hpp"

#include <doctest/doctest.h>

using namespace whynow::domain::book;

TEST_CASE("roles are read as they are written") {
    CHECK(role_from("manager") == role::manager);
    CHECK(role_from("Admin") == role::admin);
    CHECK_FALSE(role_from("boss"));
    CHECK(to_string(role::rep) == "rep");
}

TEST_CASE("the name people say") {
    struct row {
        const char *full, *first, *last;
    };
    for (const auto& r : {
             row{"Jerry Smith", "Jerry", "Smith"},
             row{"Dr. Anna Berg", "Anna", "Berg"},
             row{"Smith, Jerry", "Jerry", "Smith"},
             row{"Smith, Dr. Jerry A.", "Jerry", "Smith"},
             row{"Jerry Smith, PhD", "Jerry", "Smith"},
             row{"Jerry Smith Jr.", "Jerry", "Smith"},
             row{"Jerry Smith, Jr., MBA", "Jerry", "Smith"},
             row{"J. Robert Smith", "Robert", "Smith"},
             row{"J. Smith", "J.", "Smith"},
             row{"Prof. Dr. Ludwig van der Berg", "Ludwig", "van der Berg"},
             row{"Maria de la Cruz", "Maria", "de la Cruz"},
             row{"Herr Jürgen von Stein", "Jürgen", "von Stein"},
             row{"M. Jean-Luc Martin", "Jean-Luc", "Martin"},
             row{"Mme Chloé Dubois", "Chloé", "Dubois"},
             row{"Sra. Ana García", "Ana", "García"},
             row{"Don Draper", "Don", "Draper"},
             row{"Cher", "Cher", ""},
             row{"  Ann   Lee ", "Ann", "Lee"},
             row{"van Dyke, Dick", "Dick", "van Dyke"},
             row{"", "", ""},
             row{",", "", ""},
             row{"Dr.", "Dr.", ""},
         }) {
        CAPTURE(r.full);
        CHECK(first_name(r.full) == r.first);
        CHECK(last_name(r.full) == r.last);
    }
}

TEST_CASE("a persona by the words of the title") {
    using enum persona;
    struct row {
        const char* title;
        persona expected;
    };
    for (const auto& r : {
             row{"CEO", executive},
             row{"CEO & Founder", executive},
             row{"Chief Executive Officer", executive},
             row{"Geschäftsführer", executive},
             row{"Geschäftsführerin", executive},
             row{"PDG", executive},
             row{"Directeur général", executive},
             row{"Directora General", executive},
             row{"Consejero delegado", executive},
             row{"Managing Director", executive},
             row{"President", executive},
             row{"Vorstandsvorsitzender", executive},
             row{"EVP Sales", sales},
             row{"President, Sales", sales},
             row{"Vertriebsleiter", sales},
             row{"Leiterin Vertrieb", sales},
             row{"Directeur commercial", sales},
             row{"Directora de Ventas", sales},
             row{"Account Executive", sales},
             row{"Chief Revenue Officer", sales},
             row{"Chief Financial Officer", finance},
             row{"CFO", finance},
             row{"Leiter Finanzbuchhaltung", finance},
             row{"Kaufmännischer Leiter", finance},
             row{"Directrice financière", finance},
             row{"Director Financiero", finance},
             row{"VP Finance & Operations", finance},
             row{"COO", operations},
             row{"Head of Supply Chain", operations},
             row{"Werksleiter", operations},
             row{"Produktionsleiter", operations},
             row{"Responsable de production", operations},
             row{"Jefe de Operaciones", operations},
             row{"CMO", marketing},
             row{"Head of Marketing", marketing},
             row{"Marketingleiterin", marketing},
             row{"Responsable communication", marketing},
             row{"IT-Leiter", technology},
             row{"CTO", technology},
             row{"VP Engineering", technology},
             row{"Chief Information Security Officer", technology},
             row{"Technischer Leiter", technology},
             row{"DSI", technology},
             row{"Director de Tecnología", technology},
             row{"Personalleiter", people},
             row{"Chief People Officer", people},
             row{"HR Business Partner", people},
             row{"DRH", people},
             row{"Responsable ressources humaines", people},
             row{"Directora de Recursos Humanos", people},
             row{"Einkaufsleiter", procurement},
             row{"Head of Procurement", procurement},
             row{"Responsable achats", procurement},
             row{"Director de Compras", procurement},
             row{"General Counsel", legal},
             row{"Leiter Recht", legal},
             row{"Directeur juridique", legal},
             row{"Data Protection Officer", legal},
             row{"Abogada", legal},
             row{"Vice President", unknown},
             row{"Director", unknown},
             row{"Manager", unknown},
             row{"Product Manager", unknown},
             row{"Product Owner", unknown},
             row{"Owner", executive},
             row{"Personal Assistant", unknown},
             row{"Assistant to the CEO", unknown},
             row{"Assistentin der Geschäftsführung", unknown},
             row{"Astronaut", unknown},
             row{"", unknown},
         }) {
        CAPTURE(r.title);
        CHECK(to_string(persona_of(r.title)) == to_string(r.expected));
    }
}
