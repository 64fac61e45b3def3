#pragma once

#include "models/resourcetype.h"

#include <QSet>
#include <nlohmann/json.hpp>
#include <span>

namespace kboss {

// The first fault of a view document; whatever is read after it is empty.
struct ViewFault {
    QString file;
    Error error;
    bool found = false;

    void note(const QString &pointer, const QString &reason);
};

template <class T> struct NamedValue {
    QLatin1StringView name;
    T value;
};

// Reads one JSON object of a view document strictly: wrong types, missing and unknown members are faults with their JSON pointer.
class ViewObject {
public:
    ViewObject(ViewFault &fault, const nlohmann::json &value, QString pointer);

    bool has(const char *member);
    QString text(const char *member, bool required = false);
    QString name(const char *member); // required, not empty
    bool flag(const char *member, bool missing);
    int number(const char *member, int missing, int least, int most);
    Label label(const char *member, bool required = true);
    QStringList texts(const char *member, bool required = false);
    QHash<QString, QString> map(const char *member);
    QHash<QString, QStringList> textsBy(const char *member); // an object of lists of strings
    std::vector<ViewObject> objects(const char *member, bool required = false);
    ViewObject object(const char *member); // required
    void end(); // anything not asked for is unknown

    template <class T, size_t N> T choice(const char *member, const NamedValue<T> (&table)[N], T missing)
    {
        if (!has(member))
            return missing;
        const QString word = text(member);
        for (const auto &entry : table) {
            if (word == entry.name)
                return entry.value;
        }
        fault(member, QStringLiteral("unknown value \"%1\"").arg(word));
        return missing;
    }

    QString pointer(const char *member = nullptr) const;
    void fault(const char *member, const QString &reason) { m_fault->note(pointer(member), reason); }

private:
    const nlohmann::json *find(const char *member, bool required);

    ViewFault *m_fault;
    const nlohmann::json *m_value;
    QString m_pointer;
    QSet<QByteArray> m_asked;
};

// JSON text to a tree; a repeated member name is a fault as well.
nlohmann::json readViewJson(const QByteArray &document, ViewFault &fault);

} // namespace kboss
