#pragma once

#include "app/api/jsonschema.h"

#include <QHash>

namespace kboss {

enum class Effect { Read, Create, Update, Delete, Act }; // x-effect; the HTTP verb says nothing

enum class ServiceKind { Kboss, Billing, Pcapi, Account }; // x-service of a contract document

enum class ParameterPlace { Path, Query, Header };

struct OperationParameter {
    QString name;
    ParameterPlace place = ParameterPlace::Query;
    bool required = false;
    JsonSchemaPtr schema;
};

// x-result: JSON pointers into the answer.
struct ResultShape {
    std::vector<QString> rows; // tried in order; "" = the whole answer
    QString total;
    QString success;           // a boolean (or "true"/1) that must be true, empty = the HTTP status decides
    QString message;
    bool hasObject = false;    // "object" is named; its pointer may be "", the whole answer
    QString object;            // the changed object, for writes; what a sign-in answers
};

// x-paging.
struct Paging {
    enum class Kind { None, PageRows, PageToken };
    Kind kind = Kind::None;
    QString pageParameter;     // "page" (1-based) or "page_token"
    QString sizeParameter;     // "rows" or "page_size"
    QString nextToken;         // PageToken: pointer to the next token
    QString sortParameter;     // "sort" or "order_by", may be empty
    QString filterParameter;   // "filter", may be empty
    int defaultSize = 200;
    int maxSize = 1000;
};

// Where an operation comes from. Draft: the description says it is not finished, a server may not know it. Extension: an addition of the standalone service
// that no description has. Callers must be ready for NotFound from both.
enum class Standing { Described, Draft, Extension };

// The typed form of one contract entry. Immutable once loaded; read from any thread.
struct Operation {
    QString id; // operationId
    ServiceKind service = ServiceKind::Kboss;
    QByteArray method;
    QString path; // template: "/v1/billingaccounts/{billing_account_id}"
    QString title, titleEn;
    Effect effect = Effect::Read;
    Standing standing = Standing::Described; // x-standing
    ResultShape result;
    Paging paging;
    int slowSeconds = 0; // x-slow: total deadline; 0 = the client's own
    std::vector<OperationParameter> parameters;
    JsonSchemaPtr body; // null = none
    bool bodyRequired = false;
    JsonSchemaPtr answer; // of the 2xx answer, may be null
    bool needsSignIn = true;

    bool isRead() const { return effect == Effect::Read; }
};

// All operations, by id. Immutable after loading.
class ContractSet {
public:
    // Reads every *.json of a folder (":/api" in the programs). A bad document is an Error of kind Internal whose detail has
    // file, JSON pointer and reason; field is the pointer.
    static Result<ContractSet> load(const QString &folder);
    static Result<ContractSet> parse(const QByteArray &document, const QString &fileName); // one document, for tests

    const Operation *find(const QString &id) const; // null when unknown
    QList<QString> ids() const;
    const std::vector<std::shared_ptr<const Operation>> &all() const { return m_operations; }

private:
    std::vector<std::shared_ptr<const Operation>> m_operations;
    QHash<QString, int> m_byId;
};

} // namespace kboss
