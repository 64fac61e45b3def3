#pragma once

#include "app/api/requestlog.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace kboss {

// The requests of this run, newest first, those that contain a text, all of them or only the failed ones. Nothing secret is in them.
class RequestLogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Operation, Method, Status, Elapsed, Bytes, Attempt, Reason, Columns };

    RequestLogModel(RequestLog *log, QTimeZone zone, QObject *parent = nullptr);
    void setFilter(const QString &text, bool failedOnly);
    const RequestLogEntry *entry(int row) const;
    qint64 total() const { return m_total; }
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString asCurl(const RequestLogEntry &entry);

Q_SIGNALS:
    void countChanged();

private:
    bool matches(const RequestLogEntry &entry) const;
    void add(const RequestLogEntry &entry);
    QVariant text(const RequestLogEntry &entry, int column) const;

    RequestLog *m_log;
    QTimeZone m_zone;
    QList<RequestLogEntry> m_rows;
    QString m_text;
    bool m_failedOnly = false;
    qint64 m_total = 0;
};

} // namespace kboss
