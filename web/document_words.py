"""Document words: why a document gave no text, and what people do then."""

from collections.abc import Mapping

from controller.papers.wire import Kind, Trouble

TROUBLE: Mapping[Trouble, str] = {
    Trouble.UNREADABLE: (
        "Không mở được tệp này. Hãy chọn tệp Word (.docx) hoặc PDF; tệp .doc cũ thì mở bằng Word "
        "rồi lưu lại thành .docx."
    ),
    Trouble.LOCKED: "Tệp PDF này có mật khẩu. Hãy lưu một bản không có mật khẩu rồi chọn lại.",
    Trouble.PICTURE: (
        "Tệp này chỉ có ảnh chụp, không có chữ để lấy. Hãy chọn tệp Word của văn bản, hoặc gõ lời "
        "vào khung; bản chụp thì kèm vào mục “Bản gốc”."
    ),
    Trouble.TOO_LONG: (
        "Văn bản quá dài để đọc trên loa. Hãy chọn tệp ngắn hơn, hoặc chép riêng phần cần đọc."
    ),
    Trouble.OLD_FONT: (
        "Văn bản dùng phông chữ cũ (.VnTime). Hãy chuyển sang Unicode, ví dụ bằng UniKey, rồi "
        "chọn lại."
    ),
    Trouble.EMPTY: "Tệp này không có chữ nào. Hãy chọn tệp khác.",
}
TAKEN = "Đã lấy chữ từ “{name}”. Hãy đọc lại từng dòng và sửa trước khi nghe thử."
PICTURES_LEFT = "Chữ nằm trong hình ảnh của tệp không lấy được: hãy gõ thêm nếu cần."
BUSY = "Máy chủ đang đọc các tệp khác: hãy thử lại sau ít giây."
NO_FILE = "Hãy chọn tệp Word hoặc PDF trước."
NO_PAPER = "Hãy chọn tệp PDF, ảnh JPG, PNG hoặc Word."
TOO_BIG = "Tệp quá lớn: mỗi tệp tối đa {most} MB."
MIME: Mapping[str, str] = {
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
