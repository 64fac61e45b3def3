#pragma once

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <QPainter>

namespace kboss {

// Shaped lines of text, kept between paints: a table's cells repeat from frame to frame, and shaping costs more than drawing. GUI thread.
class TextCache {
public:
    struct Line {
        QList<QGlyphRun> runs;
        qreal width = 0;
        qreal ascent = 0;
    };

    explicit TextCache(int lines = 4'096); // about 1 kB each; a large screen of a table shows 2,000

    int addFont(const QFont &font); // its number, for line()
    void clear(); // fonts too
    const QFont &font(int number) const { return m_fonts.at(number); }
    qreal baseline(int number, qreal top, qreal height) const; // of a line of this font centred in a band

    const Line &line(const QString &text, int font);
    // Not wider than `width`; elided at the end, or in the middle where the end tells names apart.
    const Line &fitted(const QString &text, int font, qreal width, Qt::TextElideMode mode);
    static void draw(QPainter *painter, QPointF baseline, const Line &line);

private:
    struct Key {
        QString text;
        int font = 0;
        int width = -1; // -1 = whole
        friend bool operator==(const Key &, const Key &) = default;
    };
    friend size_t qHash(const Key &key, size_t seed) { return qHashMulti(seed, key.text, key.font, key.width); }

    const Line &insert(const Key &key, const QString &text);

    QList<QFont> m_fonts;
    QList<qreal> m_offsets; // baseline of a centred line below the middle of its band
    QCache<Key, Line> m_lines;
};

} // namespace kboss
