#include "app/standalone/httpfront.h"

#include "app/standalone/gzip.h"

#include <httplib.h>
#include <thread>

namespace kboss::standalone {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t maxBodyBytes = 1024 * 1024;
constexpr size_t compressFrom = 1400; // smaller answers fit one packet anyway
constexpr auto jsonType =
    "application/json; charset=utf-8"; // with its charset, so that the library leaves compression to us (it would take slow settings)

std::string headerOf(const httplib::Request &request, const char *name)
{
    return request.get_header_value(name);
}

std::string cookieNamed(const std::string &cookies, std::string_view name)
{
    size_t from = 0;
    while (from < cookies.size()) {
        const size_t to = std::min(cookies.find(';', from), cookies.size());
        std::string_view part(cookies.data() + from, to - from);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
            return std::string(part.substr(name.size() + 1));
        from = to + 1;
    }
    return {};
}

std::string hostName(const std::string &host)
{
    if (host.starts_with('['))
        return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

// A page in a browser must not reach a service that needs no sign-in: neither as another origin, nor through a name that leads here.
bool isCrossOrigin(const httplib::Request &request, const std::string &boundHost)
{
    const std::string host = headerOf(request, "Host");
    const std::string name = hostName(host);
    const bool known = host.empty() || name == "127.0.0.1" || name == "localhost" || name == "[::1]" || name == boundHost;
    const std::string origin = headerOf(request, "Origin");
    const bool same = origin.empty() || origin == "http://" + host || origin == "https://" + host;
    return !same || (!known && (boundHost == "127.0.0.1" || boundHost == "localhost" || boundHost == "::1"));
}

bool hasScheme(const std::string &authorization, std::string_view scheme)
{
    return authorization.size() > scheme.size() + 1 && authorization[scheme.size()] == ' '
        && std::equal(scheme.begin(), scheme.end(), authorization.begin(), [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
}

Caller callerOf(const httplib::Request &request, const std::string &boundHost)
{
    Caller caller;
    const std::string authorization = headerOf(request, "Authorization");
    if (hasScheme(authorization, "basic")) {
        const auto decoded =
            QByteArray::fromBase64Encoding(QByteArray::fromStdString(authorization.substr(6)), QByteArray::AbortOnBase64DecodingErrors);
        caller.basic = decoded ? *decoded : QByteArray();
    }
    if (hasScheme(authorization, "bearer"))
        caller.bearer = QByteArray::fromStdString(authorization.substr(7));
    caller.session = QByteArray::fromStdString(cookieNamed(headerOf(request, "Cookie"), "kboss_session"));
    QString version = QString::fromStdString(headerOf(request, "If-Match")).trimmed();
    caller.ifMatch = version.startsWith(u'"') && version.endsWith(u'"') && version.size() > 1 ? version.mid(1, version.size() - 2) : version;
    caller.crossOrigin = isCrossOrigin(request, boundHost);
    return caller;
}

RawRequest rawOf(const httplib::Request &request)
{
    RawRequest raw;
    raw.method = request.method;
    raw.path = request.target.substr(0, request.target.find_first_of("?#"));
    for (const auto &[name, value] : request.params)
        raw.query.emplace_back(name, value);
    raw.contentType = headerOf(request, "Content-Type");
    raw.body = request.body;
    return raw;
}

void write(const httplib::Request &request, httplib::Response &response, Answer answer, bool secure = false)
{
    response.status = answer.status;
    for (const auto &[name, value] : answer.headers)
        response.set_header(name, secure && name == "Set-Cookie" ? value + "; Secure" : value);
    response.set_header("Cache-Control", "no-store");
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Vary", "Accept-Encoding");
    if (answer.body.size() >= compressFrom && headerOf(request, "Accept-Encoding").find("gzip") != std::string::npos) {
        if (std::string packed = gzip(answer.body); !packed.empty()) {
            response.set_header("Content-Encoding", "gzip");
            answer.body = std::move(packed);
        }
    }
    response.set_content(std::move(answer.body), jsonType);
}

// What the library itself refuses (too large, not HTTP): the same envelopes.
void writeLibraryError(const httplib::Request &request, httplib::Response &response)
{
    if (!response.body.empty())
        return;
    const ServiceKind service = serviceOfPath(request.path);
    const bool large = response.status == 413 || response.status == 414;
    const QString text = service != ServiceKind::Kboss ? (large ? u"the request is too large"_s : u"the request cannot be read"_s)
                                                       : (large ? u"请求过大"_s : u"请求无法解析"_s);
    Answer answer = errorAnswer(service, refuseAs(response.status, large ? "RESOURCE_EXHAUSTED" : "INVALID_ARGUMENT", text).value());
    answer.status = response.status;
    write(request, response, std::move(answer));
}

} // namespace

struct HttpFront::Private {
    std::unique_ptr<httplib::Server> server;
    std::thread listener;
    QString url;
    std::string host;
};

HttpFront::HttpFront(std::unique_ptr<Private> parts) : d(std::move(parts)) { }

HttpFront::~HttpFront()
{
    d->server->stop();
    if (d->listener.joinable())
        d->listener.join();
}

QString HttpFront::url() const
{
    return d->url;
}

namespace {

std::unique_ptr<httplib::Server> makeServer(const ServiceOptions &options)
{
    if (options.tlsCertificate.isEmpty())
        return std::make_unique<httplib::Server>();
    return std::make_unique<httplib::SSLServer>(options.tlsCertificate.toLocal8Bit().constData(), options.tlsKey.toLocal8Bit().constData());
}

void setLimits(httplib::Server &server, int threads)
{
    server.new_task_queue = [threads] { return new httplib::ThreadPool(static_cast<size_t>(threads)); };
    server.set_payload_max_length(maxBodyBytes);
    server.set_read_timeout(10, 0);
    server.set_write_timeout(30, 0);
    server.set_keep_alive_timeout(15);
    server.set_keep_alive_max_count(100'000);
    server.set_tcp_nodelay(true);
}

void setRoutes(httplib::Server &server, Dispatcher &dispatcher, const std::string &host, bool secure)
{
    const auto handle = [&dispatcher, host, secure](const httplib::Request &request, httplib::Response &response) {
        write(request, response, dispatcher.answer(rawOf(request), callerOf(request, host)), secure);
    };
    // A body without a length would be waited for until the connection ends: without one there is no body.
    server.set_pre_routing_handler([handle](const httplib::Request &request, httplib::Response &response) {
        if (request.has_header("Content-Length") || request.has_header("Transfer-Encoding"))
            return httplib::Server::HandlerResponse::Unhandled;
        handle(request, response);
        return httplib::Server::HandlerResponse::Handled;
    });
    const char *any = ".*";
    server.Get(any, handle).Post(any, handle).Put(any, handle).Patch(any, handle).Delete(any, handle).Options(any, handle);
    server.set_error_handler([](const httplib::Request &request, httplib::Response &response) { writeLibraryError(request, response); });
    server.set_exception_handler([](const httplib::Request &request, httplib::Response &response, std::exception_ptr) {
        response.status = 500;
        write(request, response, errorAnswer(serviceOfPath(request.path), refuseAs(500, "INTERNAL", u"服务内部错误 (internal error)"_s).value()));
    });
}

} // namespace

Result<std::unique_ptr<HttpFront>> HttpFront::listen(const ServiceOptions &options, Dispatcher &dispatcher)
{
    auto parts = std::make_unique<Private>();
    parts->host = options.host.toStdString();
    parts->server = makeServer(options);
    if (!parts->server->is_valid())
        return fail(ErrorKind::Tls, u"the certificate or its key cannot be used"_s);
    setLimits(*parts->server, options.threads);
    setRoutes(*parts->server, dispatcher, parts->host, !options.tlsCertificate.isEmpty());
    int port = options.port;
    if (port == 0)
        port = parts->server->bind_to_any_port(parts->host);
    else if (!parts->server->bind_to_port(parts->host, port))
        port = -1;
    if (port <= 0)
        return fail(ErrorKind::Internal, u"cannot listen on %1:%2"_s.arg(options.host).arg(options.port));
    const QString scheme = options.tlsCertificate.isEmpty() ? u"http"_s : u"https"_s;
    parts->url = u"%1://%2:%3"_s.arg(scheme, options.host.contains(u':') ? u'[' + options.host + u']' : options.host).arg(port);
    parts->listener = std::thread([server = parts->server.get()] { server->listen_after_bind(); });
    for (int i = 0; i < 2000 && !parts->server->is_running(); ++i) // a stop() before that would be lost
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return std::unique_ptr<HttpFront>(new HttpFront(std::move(parts)));
}

} // namespace kboss::standalone
