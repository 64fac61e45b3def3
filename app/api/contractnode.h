#pragma once

#include <QStringList>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace kboss {

// A fault of a contract document. Thrown while one is read; ContractSet::parse catches it and makes the Error.
struct ContractFault {
    QString pointer, reason;
};

// A place in a contract document: a JSON value and the pointer that leads to it. Valid as long as the document.
class ContractNode {
public:
    ContractNode(const nlohmann::json &value, QString pointer) : m_value(&value), m_pointer(std::move(pointer)) { }

    const nlohmann::json &value() const { return *m_value; }
    const QString &pointer() const { return m_pointer; }
    [[noreturn]] void fault(const QString &reason) const { throw ContractFault{m_pointer, reason}; }

    std::optional<ContractNode> find(const QString &name) const; // of an object, else a fault
    ContractNode at(const QString &name) const; // a missing member is a fault
    std::vector<std::pair<QString, ContractNode>> members() const;
    std::vector<ContractNode> items() const;

    QString text() const;
    QString textOf(const QString &name) const; // "" when missing
    bool boolOf(const QString &name, bool otherwise) const;
    int integer(int lowest, int highest) const;
    QStringList texts() const; // an array of strings

    // Members other than these are a fault: a misspelt one must not pass in silence.
    void allowOnly(const QStringList &names) const;

private:
    const nlohmann::json *m_value;
    QString m_pointer;
};

} // namespace kboss
