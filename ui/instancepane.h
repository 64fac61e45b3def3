#pragma once

#include "app/services/quote.h"
#include "ui/appcontext.h"

#include <QWidget>

class QLabel;

namespace kboss {

class EditPane;
class ResourceFeed;
class WriteController;

// Turns a quote into an instance: the form of createCpccInstance, begun with what the quote has, so that both cost the same. GUI thread; owned by the quote's page.
class InstancePane : public QWidget {
    Q_OBJECT
public:
    InstancePane(const AppContext &context, QWidget *parent);
    ~InstancePane() override;

    void open(const QuoteContent &quote, const Decimal &total); // the total exactly, in yuan: an instance that would cost anything else is refused
    bool isOpen() const;
    EditPane *pane() const { return m_pane; }
    void retranslate();

    // What the quote needs to become one, in words; empty = nothing is missing.
    static QString missing(const QuoteContent &quote);

Q_SIGNALS:
    void created(const QString &instanceId);
    void left();

private:
    void fill(const QuoteContent &quote, const Decimal &total);
    static QString kindOf(const QuotePart &part); // of which an instance has one; in words

    AppContext m_context;
    ResourceFeed *m_feed = nullptr; // of the pod configurations; null where the console has none
    WriteController *m_writer = nullptr;
    EditPane *m_pane = nullptr;
    QLabel *m_title;
};

} // namespace kboss
