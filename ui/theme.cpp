#include "ui/theme.h"

#include "ui/themesheet.h"

#include <QApplication>
#include <QCache>
#include <QFile>
#include <QFileInfo>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QTemporaryDir>

namespace kboss {

using namespace Qt::StringLiterals;

struct Theme::Private {
    QJsonObject tokens;
    QString folder, sheet;
    QHash<QByteArray, QColor> colors;
    QHash<QByteArray, int> sizes;
    QStringList textFamilies, figureFamilies, monoFamilies, printFamilies;
    bool dark = false;
    QString density = u"normal"_s;
    mutable QCache<QString, QPixmap> icons{400};
    mutable std::unique_ptr<QTemporaryDir> sheetFolder;

    void readColors();
    QByteArray tintedSvg(const QString &name, const QColor &color) const;
    int share(const char *name) const { return tokens["shares"_L1].toObject().value(QLatin1String(name)).toInt(); }
};

void Theme::Private::readColors()
{
    colors.clear();
    const QJsonObject object = tokens[dark ? "dark"_L1 : "light"_L1].toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        colors.insert(it.key().toLatin1(), QColor(it->toString()));
}

QByteArray Theme::Private::tintedSvg(const QString &name, const QColor &color) const
{
    QFile file(u"%1/../icons/%2.svg"_s.arg(folder, name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("currentColor", color.name().toLatin1());
}

namespace {

QStringList presentFamilies(const QJsonValue &names)
{
    QStringList present;
    for (const QJsonValue &name : names.toArray()) {
        if (QFontDatabase::hasFamily(name.toString()))
            present << name.toString();
    }
    return present;
}

bool hasTabularDigits(const QString &family, int pixels)
{
    QFont font(family);
    font.setPixelSize(pixels);
    font.setHintingPreference(QFont::PreferNoHinting);
    const QFontMetricsF metrics(font);
    const qreal zero = metrics.horizontalAdvance(u'0');
    for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
        if (qAbs(metrics.horizontalAdvance(QChar(digit)) - zero) > 0.01)
            return false;
    }
    return true;
}

int typeSize(const QJsonObject &tokens, TextSize size)
{
    static constexpr const char *names[] = {"small", "label", "normal", "title", "figure"};
    return tokens["type"_L1].toObject().value(QLatin1String(names[int(size)])).toInt(13);
}

const char *toneToken(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return "good";
    case Tone::Warn:
        return "warn";
    case Tone::Bad:
        return "bad";
    case Tone::Info:
        return "info";
    default:
        return "off";
    }
}

} // namespace

Theme::Theme(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) { }

Theme::~Theme() = default;

Result<void> Theme::load(const QString &tokensFile)
{
    QFile file(tokensFile);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Internal, tokensFile + u": "_s + file.errorString());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject())
        return fail(ErrorKind::Internal, tokensFile + u": "_s + error.errorString());
    d->tokens = document.object();
    d->folder = QFileInfo(tokensFile).path();
    QFile sheet(d->folder + u"/console.qss"_s);
    if (!sheet.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Internal, sheet.fileName() + u": "_s + sheet.errorString());
    d->sheet = QString::fromUtf8(sheet.readAll());
    const QJsonObject sizes = d->tokens["sizes"_L1].toObject();
    for (auto it = sizes.begin(); it != sizes.end(); ++it)
        d->sizes.insert(it.key().toLatin1(), it->toInt());
    const QJsonObject fonts = d->tokens["fonts"_L1].toObject();
    d->textFamilies = presentFamilies(fonts["text"_L1]);
    d->monoFamilies = presentFamilies(fonts["mono"_L1]);
    d->printFamilies = presentFamilies(fonts["print"_L1]);
    d->figureFamilies = d->textFamilies;
    for (const QString &family : presentFamilies(fonts["figures"_L1])) {
        if (hasTabularDigits(family, typeSize(d->tokens, TextSize::Normal))) {
            d->figureFamilies.removeAll(family);
            d->figureFamilies.prepend(family);
            break;
        }
    }
    d->readColors();
    return {};
}

void Theme::setDark(bool dark)
{
    if (dark == d->dark)
        return;
    d->dark = dark;
    d->readColors();
    d->icons.clear();
    apply();
    Q_EMIT changed();
}

bool Theme::isDark() const
{
    return d->dark;
}

void Theme::apply()
{
    if (QApplication::style()->name() != "fusion"_L1)
        QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QPalette palette;
    const QColor off = color("text-3");
    palette.setColor(QPalette::Window, color("window"));
    palette.setColor(QPalette::WindowText, color("text"));
    palette.setColor(QPalette::Base, color("panel"));
    palette.setColor(QPalette::AlternateBase, color("panel"));
    palette.setColor(QPalette::Text, color("text"));
    palette.setColor(QPalette::Button, color("panel"));
    palette.setColor(QPalette::ButtonText, color("text"));
    palette.setColor(QPalette::BrightText, color("bad"));
    palette.setColor(QPalette::Highlight, color("accent"));
    palette.setColor(QPalette::HighlightedText, color("on-accent"));
    palette.setColor(QPalette::PlaceholderText, off);
    palette.setColor(QPalette::ToolTipBase, color("raised"));
    palette.setColor(QPalette::ToolTipText, color("text"));
    palette.setColor(QPalette::Link, color("accent"));
    palette.setColor(QPalette::Mid, color("line-strong"));
    palette.setColor(QPalette::Light, color("line"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, off);
    QApplication::setPalette(palette);
    QApplication::setFont(font());
    qApp->setStyleSheet(expandSheet(d->sheet, *this, d->tokens));
}

QColor Theme::color(const char *token) const
{
    if (qstrcmp(token, "selection") == 0)
        return mix(color("accent"), color("panel"), d->share("selection") / 100.0);
    if (qstrcmp(token, "rented") == 0)
        return mix(color("accent"), color("panel"), d->share("rented") / 100.0);
    return d->colors.value(QByteArray::fromRawData(token, qsizetype(qstrlen(token))), d->colors.value("text"));
}

QColor Theme::mix(const QColor &over, const QColor &ground, double share) const
{
    const auto part = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(part(over.red(), ground.red()), part(over.green(), ground.green()), part(over.blue(), ground.blue()));
}

QColor Theme::toneColor(Tone tone) const
{
    return tone == Tone::None ? color("text") : color(toneToken(tone));
}

QColor Theme::toneGround(Tone tone) const
{
    return mix(color(toneToken(tone)), color("panel"), d->share(d->dark ? "pale-dark" : "pale-light") / 100.0);
}

QColor Theme::series(int index) const
{
    const QJsonArray list = d->tokens["series"_L1].toArray();
    if (list.isEmpty())
        return color("accent");
    const QColor base(list.at(index % list.size()).toString());
    return d->dark ? base.lighter(100 + d->share("series-dark-lighter")) : base;
}

int Theme::size(const char *token) const
{
    return d->sizes.value(QByteArray::fromRawData(token, qsizetype(qstrlen(token))));
}

QFont Theme::font(TextSize size, bool bold) const
{
    QFont font;
    if (!d->textFamilies.isEmpty())
        font.setFamilies(d->textFamilies);
    font.setPixelSize(typeSize(d->tokens, size));
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont Theme::figureFont(TextSize size, bool bold) const
{
    QFont font = this->font(size, bold);
    if (!d->figureFamilies.isEmpty())
        font.setFamilies(d->figureFamilies);
    return font;
}

QFont Theme::monoFont(TextSize size) const
{
    QFont font = this->font(size);
    if (!d->monoFamilies.isEmpty())
        font.setFamilies(d->monoFamilies);
    font.setStyleHint(QFont::Monospace);
    return font;
}

QStringList Theme::printFamilies() const
{
    return d->printFamilies;
}

int Theme::rowHeight() const
{
    return d->tokens["rows"_L1].toObject().value(d->density).toInt(30);
}

QString Theme::density() const
{
    return d->density;
}

void Theme::setDensity(const QString &density)
{
    if (density == d->density || !d->tokens["rows"_L1].toObject().contains(density))
        return;
    d->density = density;
    Q_EMIT changed();
}

QPixmap Theme::icon(const QString &name, const QColor &color, int size, qreal ratio) const
{
    const QString key = u"%1 %2 %3 %4"_s.arg(name, color.name(QColor::HexArgb)).arg(size).arg(ratio);
    if (const QPixmap *known = d->icons.object(key))
        return *known;
    QPixmap pixmap(qRound(size * ratio), qRound(size * ratio));
    pixmap.fill(Qt::transparent);
    const QByteArray svg = d->tintedSvg(name, color);
    if (!svg.isEmpty()) {
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
    }
    pixmap.setDevicePixelRatio(ratio);
    d->icons.insert(key, new QPixmap(pixmap));
    return pixmap;
}

QIcon Theme::actionIcon(const QString &name) const
{
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0}) {
        icon.addPixmap(this->icon(name, color("text-2"), size("icon"), ratio), QIcon::Normal);
        icon.addPixmap(this->icon(name, color("line-strong"), size("icon"), ratio), QIcon::Disabled);
    }
    return icon;
}

QString Theme::sheetIcon(const QString &name) const
{
    if (!d->sheetFolder)
        d->sheetFolder = std::make_unique<QTemporaryDir>();
    const bool onAccent = name.endsWith("-on"_L1);
    const QString file = d->sheetFolder->filePath(u"%1-%2.svg"_s.arg(name, d->dark ? u"dark"_s : u"light"_s));
    if (!QFile::exists(file)) {
        QFile out(file);
        if (out.open(QIODevice::WriteOnly))
            out.write(d->tintedSvg(onAccent ? name.chopped(3) : name, color(onAccent ? "on-accent" : "text-2")));
    }
    return file;
}

void Theme::paintShape(QPainter *painter, const QRectF &box, Tone tone) const
{
    if (tone == Tone::None)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(toneColor(tone));
    const qreal x = box.x(), y = box.y(), w = box.width(), h = box.height();
    switch (tone) {
    case Tone::Good:
        painter->drawEllipse(box.adjusted(w * 0.05, h * 0.05, -w * 0.05, -h * 0.05));
        break;
    case Tone::Warn:
        painter->drawPolygon(QPolygonF({{x + w / 2, y + h * 0.05}, {x + w, y + h * 0.95}, {x, y + h * 0.95}}));
        break;
    case Tone::Bad: {
        const qreal cut = w * 0.29;
        painter->drawPolygon(QPolygonF({{x + cut, y},
                                        {x + w - cut, y},
                                        {x + w, y + cut},
                                        {x + w, y + h - cut},
                                        {x + w - cut, y + h},
                                        {x + cut, y + h},
                                        {x, y + h - cut},
                                        {x, y + cut}}));
        break;
    }
    case Tone::Info:
        painter->drawPolygon(QPolygonF({{x + w / 2, y}, {x + w, y + h / 2}, {x + w / 2, y + h}, {x, y + h / 2}}));
        break;
    default:
        painter->drawRect(box.adjusted(w * 0.1, h * 0.1, -w * 0.1, -h * 0.1));
        break;
    }
    painter->restore();
}

} // namespace kboss
