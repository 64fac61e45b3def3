#include "ui/messagebar.h"

#include "ui/errortext.h"
#include "ui/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

namespace kboss {

namespace {
constexpr int noticeMs = 10'000;
}

struct MessageBar::Private {
    Theme *theme = nullptr;
    QLabel *headline = nullptr, *reason = nullptr;
    QPushButton *details = nullptr, *action = nullptr;
    QToolButton *close = nullptr;
    QPlainTextEdit *technical = nullptr;
    QTimer timer;
    Tone tone = Tone::Info;
    Error error;
    QString what, actionText;
    std::function<void()> handler;
    bool isError = false;
};

MessageBar::MessageBar(Theme *theme, QWidget *parent) : QFrame(parent), d(std::make_unique<Private>())
{
    d->theme = theme;
    d->headline = makeLabel({}, "heading", this);
    d->reason = makeLabel({}, "label", this);
    d->reason->setWordWrap(true);
    d->details = makeButton({}, "quiet", this);
    d->details->setCheckable(true);
    d->action = makeButton({}, "", this);
    d->close = makeIconButton(theme, QStringLiteral("close"), {}, this);
    d->technical = new QPlainTextEdit(this);
    d->technical->setReadOnly(true);
    d->technical->setMaximumHeight(theme->size("panel-width") / 3);
    d->technical->hide();
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(d->headline);
    words->addWidget(d->reason);
    auto *row = new QHBoxLayout;
    row->setSpacing(theme->size("space-2"));
    row->addSpacing(theme->size("space-5"));
    row->addLayout(words, 1);
    row->addWidget(d->details);
    row->addWidget(d->action);
    row->addWidget(d->close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-3"), theme->size("space-2"));
    layout->addLayout(row);
    layout->addWidget(d->technical);
    d->timer.setSingleShot(true);
    connect(&d->timer, &QTimer::timeout, this, [this] { underMouse() ? d->timer.start(noticeMs) : clear(); });
    connect(d->close, &QToolButton::clicked, this, &MessageBar::clear);
    connect(d->details, &QPushButton::toggled, d->technical, &QWidget::setVisible);
    connect(d->action, &QPushButton::clicked, this, [this] {
        const auto handler = d->handler;
        clear();
        if (handler)
            handler();
    });
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setVisible(false);
    retranslate();
}

MessageBar::~MessageBar() = default;

void MessageBar::showError(const Error &error, const QString &what, std::function<void()> retry)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    d->timer.stop();
    d->isError = true;
    d->tone = error.kind == ErrorKind::Offline || error.kind == ErrorKind::Conflict ? Tone::Warn : Tone::Bad;
    d->error = error;
    d->what = what;
    d->handler = std::move(retry);
    d->details->setChecked(false);
    retranslate();
    show();
}

void MessageBar::showNotice(const QString &text, const QString &actionText, std::function<void()> action)
{
    d->isError = false;
    d->tone = Tone::Info;
    d->what = text;
    d->actionText = actionText;
    d->handler = std::move(action);
    d->details->setChecked(false);
    retranslate();
    show();
    d->timer.start(noticeMs);
}

void MessageBar::clear()
{
    d->timer.stop();
    d->handler = {};
    hide();
}

QString MessageBar::text() const
{
    return d->headline->text() + QLatin1Char('\n') + d->reason->text();
}

void MessageBar::retranslate()
{
    d->close->setToolTip(tr("Close"));
    d->close->setAccessibleName(tr("Close this message"));
    d->details->setText(tr("Details"));
    d->details->setVisible(d->isError);
    d->action->setVisible(bool(d->handler));
    d->action->setText(d->isError ? tr("Try again") : d->actionText);
    d->reason->setVisible(d->isError);
    if (!d->isError) {
        d->headline->setText(d->what);
        d->reason->clear();
    } else {
        const ErrorText words = errorText(d->error, d->what);
        d->headline->setText(words.headline);
        d->reason->setText(words.advice.isEmpty() ? words.reason : words.reason + QLatin1Char(' ') + words.advice);
        QStringList lines{errorKindName(d->error.kind)};
        if (d->error.httpStatus)
            lines << QStringLiteral("HTTP %1").arg(d->error.httpStatus);
        for (const QString &part : {d->error.operation, d->error.requestId, d->error.field, d->error.detail}) {
            if (!part.isEmpty())
                lines << part;
        }
        d->technical->setPlainText(lines.join(QLatin1Char('\n')));
        d->technical->setAccessibleName(tr("Technical details"));
    }
    setAccessibleName(text());
    update();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), d->theme->toneGround(d->tone));
    const int side = d->theme->size("shape") + 2;
    d->theme->paintShape(&painter, QRectF(d->theme->size("space-4"), d->headline->geometry().center().y() - side / 2.0 + 1, side, side), d->tone);
    painter.fillRect(QRect(0, height() - 1, width(), 1), d->theme->color("line"));
}

} // namespace kboss
