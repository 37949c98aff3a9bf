#include "support/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <stdlib.h>

namespace wire {
namespace {

void need(bool ok) {
    if (!ok)
        throw std::runtime_error("no certificate");
}

} // namespace

certificate::certificate() {
    auto pattern = (std::filesystem::temp_directory_path() / "whynow-test-XXXXXX").string();
    need(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    file = folder_ + "/cert.pem";
    key = folder_ + "/key.pem";
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> pair(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, void (*)(X509*)> cert(X509_new(), X509_free);
    need(pair && cert);
    X509_set_version(cert.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), 3600);
    X509_set_pubkey(cert.get(), pair.get());
    X509_NAME* const name = X509_get_subject_name(cert.get());
    const auto* common = reinterpret_cast<const unsigned char*>("whynow test");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0);
    X509_set_issuer_name(cert.get(), name);
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, cert.get(), cert.get(), nullptr, nullptr, 0);
    for (const auto& [id, text] :
         {std::pair{NID_basic_constraints, "critical,CA:TRUE"}, std::pair{NID_subject_alt_name, "IP:127.0.0.1"}}) {
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, id, text);
        need(extension != nullptr);
        X509_add_ext(cert.get(), extension, -1);
        X509_EXTENSION_free(extension);
    }
    need(X509_sign(cert.get(), pair.get(), EVP_sha256()) > 0);
    std::FILE* out = std::fopen(file.c_str(), "w");
    need(out && PEM_write_X509(out, cert.get()) == 1);
    std::fclose(out);
    out = std::fopen(key.c_str(), "w");
    need(out && PEM_write_PrivateKey(out, pair.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    std::fclose(out);
}

certificate::~certificate() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace wire
