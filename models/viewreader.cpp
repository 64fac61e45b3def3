#include "models/viewreader.h"

namespace kboss {

using namespace Qt::StringLiterals;

void ViewFault::note(const QString &pointer, const QString &reason)
{
    if (found)
        return;
    found = true;
    error.kind = ErrorKind::Internal;
    error.field = pointer;
    error.detail = u"%1: %2: %3"_s.arg(file, pointer.isEmpty() ? u"/"_s : pointer, reason);
}

ViewObject::ViewObject(ViewFault &fault, const nlohmann::json &value, QString pointer)
    : m_fault(&fault), m_value(&value), m_pointer(std::move(pointer))
{
    if (!value.is_object()) {
        fault.note(m_pointer, u"must be an object"_s);
        static const nlohmann::json none = nlohmann::json::object();
        m_value = &none;
    }
}

QString ViewObject::pointer(const char *member) const
{
    return member ? m_pointer + u'/' + QString::fromUtf8(member) : m_pointer;
}

bool ViewObject::has(const char *member)
{
    m_asked.insert(QByteArray(member));
    return m_value->contains(member);
}

const nlohmann::json *ViewObject::find(const char *member, bool required)
{
    if (has(member))
        return &m_value->at(member);
    if (required)
        fault(member, u"is missing"_s);
    return nullptr;
}

QString ViewObject::text(const char *member, bool required)
{
    const auto *value = find(member, required);
    if (!value)
        return {};
    if (!value->is_string()) {
        fault(member, u"must be a string"_s);
        return {};
    }
    return QString::fromStdString(value->get_ref<const std::string &>());
}

QString ViewObject::name(const char *member)
{
    const QString word = text(member, true);
    if (word.trimmed().isEmpty())
        fault(member, u"must not be empty"_s);
    return word;
}

bool ViewObject::flag(const char *member, bool missing)
{
    const auto *value = find(member, false);
    if (!value)
        return missing;
    if (!value->is_boolean()) {
        fault(member, u"must be true or false"_s);
        return missing;
    }
    return value->get<bool>();
}

int ViewObject::number(const char *member, int missing, int least, int most)
{
    const auto *value = find(member, false);
    if (!value)
        return missing;
    const bool whole = value->is_number_integer();
    const auto number = whole ? value->get<qint64>() : 0;
    if (!whole || number < least || number > most) {
        fault(member, u"must be a whole number from %1 to %2"_s.arg(least).arg(most));
        return missing;
    }
    return static_cast<int>(number);
}

Label ViewObject::label(const char *member, bool required)
{
    if (!has(member) && !required)
        return {};
    ViewObject words = object(member);
    Label label{words.name("zh"), words.name("en")};
    words.end();
    return label;
}

QStringList ViewObject::texts(const char *member, bool required)
{
    const auto *value = find(member, required);
    QStringList result;
    if (!value)
        return result;
    if (!value->is_array()) {
        fault(member, u"must be an array of strings"_s);
        return result;
    }
    for (const auto &item : *value) {
        if (!item.is_string()) {
            m_fault->note(pointer(member) + u'/' + QString::number(result.size()), u"must be a string"_s);
            return result;
        }
        result.append(QString::fromStdString(item.get_ref<const std::string &>()));
    }
    return result;
}

QHash<QString, QString> ViewObject::map(const char *member)
{
    QHash<QString, QString> result;
    const auto *value = find(member, false);
    if (!value)
        return result;
    if (!value->is_object()) {
        fault(member, u"must be an object of strings"_s);
        return result;
    }
    for (const auto &[key, item] : value->items()) {
        const QString name = QString::fromStdString(key);
        if (!item.is_string()) {
            m_fault->note(pointer(member) + u'/' + name, u"must be a string"_s);
            return result;
        }
        result.insert(name, QString::fromStdString(item.get_ref<const std::string &>()));
    }
    return result;
}

QHash<QString, QStringList> ViewObject::textsBy(const char *member)
{
    QHash<QString, QStringList> result;
    if (!has(member))
        return result;
    ViewObject lists = object(member);
    for (const auto &[key, item] : lists.m_value->items())
        result.insert(QString::fromStdString(key), lists.texts(key.c_str()));
    return result;
}

std::vector<ViewObject> ViewObject::objects(const char *member, bool required)
{
    std::vector<ViewObject> result;
    const auto *value = find(member, required);
    if (!value)
        return result;
    if (!value->is_array()) {
        fault(member, u"must be an array of objects"_s);
        return result;
    }
    for (const auto &item : *value)
        result.emplace_back(*m_fault, item, pointer(member) + u'/' + QString::number(result.size()));
    return result;
}

ViewObject ViewObject::object(const char *member)
{
    static const nlohmann::json none = nlohmann::json::object();
    const auto *value = find(member, true);
    return ViewObject(*m_fault, value ? *value : none, pointer(member));
}

void ViewObject::end()
{
    for (const auto &[key, item] : m_value->items()) {
        if (!m_asked.contains(QByteArray::fromStdString(key)))
            m_fault->note(m_pointer + u'/' + QString::fromStdString(key), u"unknown member"_s);
    }
}

nlohmann::json readViewJson(const QByteArray &document, ViewFault &fault)
{
    using Json = nlohmann::json;
    std::vector<QSet<QByteArray>> seen;
    const auto watch = [&](int, Json::parse_event_t event, Json &parsed) {
        if (event == Json::parse_event_t::object_start) {
            seen.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            seen.pop_back();
        } else if (event == Json::parse_event_t::key) {
            const auto key = QByteArray::fromStdString(parsed.get<std::string>());
            if (seen.back().contains(key))
                fault.note({}, u"member \"%1\" is written twice in one object"_s.arg(QString::fromUtf8(key)));
            seen.back().insert(key);
        }
        return true;
    };
    try {
        return Json::parse(document.begin(), document.end(), watch);
    } catch (const Json::parse_error &error) {
        fault.note({}, u"not JSON, at byte %1: %2"_s.arg(error.byte).arg(QString::fromUtf8(error.what())));
    } catch (const Json::exception &error) {
        fault.note({}, QString::fromUtf8(error.what()));
    }
    return Json::object();
}

} // namespace kboss
