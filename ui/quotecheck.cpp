#include "ui/quotecheck.h"

#include "app/api/apiclient.h"
#include "app/base/watchresult.h"
#include "app/services/session.h"
#include "models/quoteprice.h"
#include "models/quotewords.h"
#include "ui/quotedesk.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int soonMs = 500;

std::string utf8(const QString &text)
{
    return text.toStdString();
}

// The lines that fit: the service refuses the whole for one that does not.
QuoteContent askable(const QuoteContent &content, const QuoteView &view)
{
    QuoteContent asked = content;
    asked.parts.clear();
    for (size_t i = 0; i < view.lines.size(); ++i) {
        if (view.lines[i].counted)
            asked.parts.push_back(content.parts[i]);
    }
    return asked;
}

Call callFor(const QuoteContent &quote)
{
    nlohmann::json resources = nlohmann::json::array();
    for (const QuotePart &part : quote.parts)
        resources.push_back({{"type", utf8(part.type)}, {"model", utf8(part.model)}, {"amount", part.amount}});
    Call call;
    call.operation = u"accrualPrice"_s;
    call.parameters = {{"cpcid", utf8(quote.centerId)},
                       {"clusterid", utf8(quote.clusterId)},
                       {"resources", resources.dump()},
                       {"duration", quote.term},
                       {"duration_unit", utf8(quote.termUnit)}};
    return call;
}

Result<Decimal> sumOf(const QuoteContent &quote, PriceRule rule)
{
    Result<Decimal> sum = Decimal();
    for (const PricedLine &line : priceLines(quote, rule))
        sum = sum ? sum->plus(line.subtotal) : sum;
    return sum;
}

} // namespace

QuoteCheck::QuoteCheck(QuoteDesk *desk, QObject *parent) : QObject(parent), m_desk(desk)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &QuoteCheck::send);
}

void QuoteCheck::set(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void QuoteCheck::ask()
{
    const QuoteContent now = askable(m_desk->content(), m_desk->view());
    if (now.parts.empty() || now.clusterId.isEmpty() || !m_desk->context().contracts->find(u"accrualPrice"_s)) {
        ++m_generation;
        m_soon.stop();
        m_asked = {};
        if (m_state != State::Nothing)
            set(State::Nothing);
        return;
    }
    if (m_desk->isOffline()) {
        ++m_generation;
        m_asked = {};
        if (m_state != State::Offline)
            set(State::Offline);
        return;
    }
    const bool known = m_state != State::Offline && m_state != State::Nothing && sameQuote(now, m_asked);
    if (known)
        return;
    ++m_generation; // an answer under way is for something else
    m_asked = now;
    m_soon.start();
    if (m_state != State::Asking)
        set(State::Asking);
}

void QuoteCheck::send()
{
    ApiClient *client = m_desk->context().session->client();
    if (!client || m_asked.parts.empty())
        return;
    const int generation = m_generation;
    const Operation *operation = m_desk->context().contracts->find(u"accrualPrice"_s);
    watchResult(client->send(callFor(m_asked)), this, [this, generation, operation](const Result<WireResponse> &answer) {
        if (generation == m_generation)
            answered(answer ? decodeObject(*operation, *answer) : Result<nlohmann::json>(fail(answer.error())), m_asked);
    });
}

void QuoteCheck::answered(const Result<nlohmann::json> &object, const QuoteContent &asked)
{
    if (!object) {
        m_reason = object.error().detail;
        const ErrorKind kind = object.error().kind;
        set(kind == ErrorKind::Offline ? State::Offline : kind == ErrorKind::Rejected ? State::Refused : State::Unknown);
        return;
    }
    const auto total = object->find("total_price");
    const Result<Decimal> server = total == object->end()
        ? Result<Decimal>(fail(ErrorKind::Protocol, {}))
        : Decimal::parse(QString::fromStdString(total->is_string() ? total->get<std::string>() : total->dump()));
    if (const auto rule = object->find("price_rule"); rule != object->end() && rule->is_string())
        m_desk->setRule(*rule == "literal" ? PriceRule::Literal : PriceRule::Convert);
    const Result<Decimal> own = sumOf(asked, m_desk->rule()), literal = sumOf(asked, PriceRule::Literal);
    if (!server || !own || !literal) {
        m_reason.clear();
        set(State::Unknown);
        return;
    }
    m_serverTotal = *server;
    m_ownTotal = *own;
    m_literalTotal = *literal;
    // The answer came through JSON's numbers: their last places are not the service's.
    const bool same = m_serverTotal.rounded(8, Rounding::HalfEven) == m_ownTotal.rounded(8, Rounding::HalfEven)
        || m_serverTotal == m_ownTotal.rounded(2, Rounding::HalfUp);
    set(same ? State::Same : State::Different);
}

Tone QuoteCheck::tone() const
{
    switch (m_state) {
    case State::Same:
        return Tone::Good;
    case State::Different:
        return Tone::Warn;
    case State::Refused:
        return Tone::Bad;
    case State::Asking:
        return Tone::Info;
    default:
        return Tone::Off;
    }
}

QString QuoteCheck::whyDifferent() const
{
    const bool literal = m_serverTotal == m_literalTotal || m_serverTotal == m_literalTotal.rounded(2, Rounding::HalfUp);
    if (literal)
        return tr("The service says %1: it multiplies amounts without converting units").arg(groupedNumber(m_serverTotal, 2));
    if (!m_desk->priceChanges().empty())
        return tr("The service says %1 with today's prices").arg(groupedNumber(m_serverTotal, 2));
    return tr("The service says %1").arg(groupedNumber(m_serverTotal, 2));
}

QString QuoteCheck::text() const
{
    switch (m_state) {
    case State::Nothing:
        return {};
    case State::Offline:
        return tr("Offline: not checked with the service");
    case State::Asking:
        return tr("Checking with the service");
    case State::Same:
        return tr("The service says the same");
    case State::Different:
        return whyDifferent();
    case State::Refused:
        return tr("The service refuses: %1").arg(m_reason);
    case State::Unknown:
        return tr("The service could not be asked");
    }
    return {};
}

} // namespace kboss
