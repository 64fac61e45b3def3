#pragma once

#include "app/base/result.h"
#include "app/cluster/installplan.h"

#include <QByteArray>

namespace kboss {

// Hosts from a table. The first row names the columns, in English or Chinese: name/主机名, address/地址 (ip), port/端口, user/用户, role/角色
// (control-plane/控制面, worker/工作), jump/跳板. Only the address has to be there. Passwords are refused, never read: a column that is called so is a fault.
struct HostListFault {
    enum class Why {
        NoHeader, // no column of addresses
        UnknownColumn, // `text`: its name
        ColumnTwice,
        PasswordColumn,
        Missing, // an address
        NotAnAddress,
        NotAName,
        NotAPort,
        NotARole,
        Twice, // `text`: what the earlier row has as well
        OpenQuote, // a quoted cell without an end
        AfterQuote, // something between the closing quote and the comma
        NotText, // bytes that are neither UTF-8 nor GBK
        TooManyHosts,
    };
    int line = 0, column = 0; // from 1; column 0 = the whole line
    Why why = Why::Missing;
    QString text; // what stands there
    friend bool operator==(const HostListFault &, const HostListFault &) = default;
};

struct HostList {
    std::vector<PlanHost> hosts; // of rows without faults
    std::vector<HostListFault> faults; // by line; at most 1,000
    int rows = 0; // below the header, without empty ones
};

// Content of a .csv (comma, semicolon or tabulator, told by the header) or .xlsx (its first sheet). Protocol when it is neither, or larger than a list of hosts
// can be (4 MB; 64 MB unpacked; 5,000 rows).
Result<HostList> readHostList(const QByteArray &content);

// The rows of the first sheet of an .xlsx, as text; for readHostList().
using TextTable = std::vector<std::vector<QString>>;
Result<TextTable> readXlsxRows(const QByteArray &content);

} // namespace kboss
